// Generated from the files in policies/rules by npm run docs; edit those, not this file.
// The imports are written out so that the pack starts without a search and can be bundled for publishing.

import type { Policies } from "@pulumi/policy";

import { acmDnsValidated } from "./rules/acm/acm-dns-validated.ts";
import { acmNoWildcard } from "./rules/acm/acm-no-wildcard.ts";
import { backupCoversData } from "./rules/backup/backup-covers-data.ts";
import { backupPlanRetention } from "./rules/backup/backup-plan-retention.ts";
import { backupVaultCmk } from "./rules/backup/backup-vault-cmk.ts";
import { backupVaultLock } from "./rules/backup/backup-vault-lock.ts";
import { budgetExists } from "./rules/budgets/budget-exists.ts";
import { cfHttpsOnly } from "./rules/cloudfront/cf-https-only.ts";
import { cfLogging } from "./rules/cloudfront/cf-logging.ts";
import { cfOac } from "./rules/cloudfront/cf-oac.ts";
import { cfOriginTls } from "./rules/cloudfront/cf-origin-tls.ts";
import { cfSecurityHeaders } from "./rules/cloudfront/cf-security-headers.ts";
import { cfTls12 } from "./rules/cloudfront/cf-tls12.ts";
import { cfWaf } from "./rules/cloudfront/cf-waf.ts";
import { cloudtrailFull } from "./rules/cloudtrail/cloudtrail-full.ts";
import { alarmActionable } from "./rules/cloudwatch/alarm-actionable.ts";
import { alarmTopicInRegion } from "./rules/cloudwatch/alarm-topic-in-region.ts";
import { configChannelUnlocked } from "./rules/config/config-channel-unlocked.ts";
import { ltEbsEncrypted } from "./rules/ec2/lt-ebs-encrypted.ts";
import { ltImdsv2 } from "./rules/ec2/lt-imdsv2.ts";
import { ltNoSecretsInUserdata } from "./rules/ec2/lt-no-secrets-in-userdata.ts";
import { sgDescriptions } from "./rules/ec2/sg-descriptions.ts";
import { sgEgressRestricted } from "./rules/ec2/sg-egress-restricted.ts";
import { sgNoWorldIngress } from "./rules/ec2/sg-no-world-ingress.ts";
import { sgPublicOnlyBalancers } from "./rules/ec2/sg-public-only-balancers.ts";
import { ecrImmutableScanned } from "./rules/ecr/ecr-immutable-scanned.ts";
import { ecrPolicyLifecycle } from "./rules/ecr/ecr-policy-lifecycle.ts";
import { eksAccessEntries } from "./rules/eks/eks-access-entries.ts";
import { eksAddonsComplete } from "./rules/eks/eks-addons-complete.ts";
import { eksAddonsPinned } from "./rules/eks/eks-addons-pinned.ts";
import { eksControlPlaneLogs } from "./rules/eks/eks-control-plane-logs.ts";
import { eksDeletionProtection } from "./rules/eks/eks-deletion-protection.ts";
import { eksEndpointPrivate } from "./rules/eks/eks-endpoint-private.ts";
import { eksNodegroupHa } from "./rules/eks/eks-nodegroup-ha.ts";
import { eksNodegroupNoOpenSsh } from "./rules/eks/eks-nodegroup-no-open-ssh.ts";
import { eksSecretsCmk } from "./rules/eks/eks-secrets-cmk.ts";
import { eksVersionSupported } from "./rules/eks/eks-version-supported.ts";
import { elasticacheAtRest } from "./rules/elasticache/elasticache-at-rest.ts";
import { elasticacheHaBackup } from "./rules/elasticache/elasticache-ha-backup.ts";
import { elasticacheInTransitAuth } from "./rules/elasticache/elasticache-in-transit-auth.ts";
import { albAccessLogs } from "./rules/elb/alb-access-logs.ts";
import { albHardening } from "./rules/elb/alb-hardening.ts";
import { albHttps } from "./rules/elb/alb-https.ts";
import { albPublicByIntent } from "./rules/elb/alb-public-by-intent.ts";
import { albTargetHealth } from "./rules/elb/alb-target-health.ts";
import { albTls12 } from "./rules/elb/alb-tls12.ts";
import { albWaf } from "./rules/elb/alb-waf.ts";
import { iamAttachToRolesOnly } from "./rules/iam/iam-attach-to-roles-only.ts";
import { iamNoAdminAttachment } from "./rules/iam/iam-no-admin-attachment.ts";
import { iamNoAdminPolicy } from "./rules/iam/iam-no-admin-policy.ts";
import { iamNoUsersOrKeys } from "./rules/iam/iam-no-users-or-keys.ts";
import { iamNoWildcardResource } from "./rules/iam/iam-no-wildcard-resource.ts";
import { iamOidcSubjectBound } from "./rules/iam/iam-oidc-subject-bound.ts";
import { iamPassroleScoped } from "./rules/iam/iam-passrole-scoped.ts";
import { iamTrustNarrow } from "./rules/iam/iam-trust-narrow.ts";
import { kmsDeletionWindow } from "./rules/kms/kms-deletion-window.ts";
import { kmsPolicyNoWildcard } from "./rules/kms/kms-policy-no-wildcard.ts";
import { kmsRotation } from "./rules/kms/kms-rotation.ts";
import { helmReleasePinned } from "./rules/kubernetes/helm-release-pinned.ts";
import { k8sHpaBounds } from "./rules/kubernetes/k8s-hpa-bounds.ts";
import { k8sImagePinned } from "./rules/kubernetes/k8s-image-pinned.ts";
import { k8sImageRegistry } from "./rules/kubernetes/k8s-image-registry.ts";
import { k8sIngressTls } from "./rules/kubernetes/k8s-ingress-tls.ts";
import { k8sNetpolDefaultDeny } from "./rules/kubernetes/k8s-netpol-default-deny.ts";
import { k8sNoNakedPods } from "./rules/kubernetes/k8s-no-naked-pods.ts";
import { k8sNoSecretLiterals } from "./rules/kubernetes/k8s-no-secret-literals.ts";
import { k8sNoTokenAutomount } from "./rules/kubernetes/k8s-no-token-automount.ts";
import { k8sNotDefaultNamespace } from "./rules/kubernetes/k8s-not-default-namespace.ts";
import { k8sNsLabels } from "./rules/kubernetes/k8s-ns-labels.ts";
import { k8sNsQuota } from "./rules/kubernetes/k8s-ns-quota.ts";
import { k8sPdb } from "./rules/kubernetes/k8s-pdb.ts";
import { k8sProbes } from "./rules/kubernetes/k8s-probes.ts";
import { k8sPssRestricted } from "./rules/kubernetes/k8s-pss-restricted.ts";
import { k8sRbacNoClusterAdmin } from "./rules/kubernetes/k8s-rbac-no-cluster-admin.ts";
import { k8sReadonlyRootfs } from "./rules/kubernetes/k8s-readonly-rootfs.ts";
import { k8sReplicas } from "./rules/kubernetes/k8s-replicas.ts";
import { k8sResources } from "./rules/kubernetes/k8s-resources.ts";
import { k8sSecretsAsFiles } from "./rules/kubernetes/k8s-secrets-as-files.ts";
import { k8sServiceExposure } from "./rules/kubernetes/k8s-service-exposure.ts";
import { k8sTopologySpread } from "./rules/kubernetes/k8s-topology-spread.ts";
import { k8sWorkloadMonitored } from "./rules/kubernetes/k8s-workload-monitored.ts";
import { k8sWorkloadNetworkPolicy } from "./rules/kubernetes/k8s-workload-network-policy.ts";
import { logsCmk } from "./rules/logs/logs-cmk.ts";
import { logsRetention } from "./rules/logs/logs-retention.ts";
import { policyPackAttached } from "./rules/preflight/policy-pack-attached.ts";
import { rdsBackupRetention } from "./rules/rds/rds-backup-retention.ts";
import { rdsCmk } from "./rules/rds/rds-cmk.ts";
import { rdsDeletionProtection } from "./rules/rds/rds-deletion-protection.ts";
import { rdsFinalSnapshot } from "./rules/rds/rds-final-snapshot.ts";
import { rdsHousekeeping } from "./rules/rds/rds-housekeeping.ts";
import { rdsIamAuth } from "./rules/rds/rds-iam-auth.ts";
import { rdsLogExports } from "./rules/rds/rds-log-exports.ts";
import { rdsManagedPassword } from "./rules/rds/rds-managed-password.ts";
import { rdsMonitoring } from "./rules/rds/rds-monitoring.ts";
import { rdsMultiAz } from "./rules/rds/rds-multi-az.ts";
import { rdsNotPublic } from "./rules/rds/rds-not-public.ts";
import { rdsStorageEncrypted } from "./rules/rds/rds-storage-encrypted.ts";
import { rdsTlsRequired } from "./rules/rds/rds-tls-required.ts";
import { route53Zone } from "./rules/route53/route53-zone.ts";
import { s3AccessLogs } from "./rules/s3/s3-access-logs.ts";
import { s3Encrypted } from "./rules/s3/s3-encrypted.ts";
import { s3Lifecycle } from "./rules/s3/s3-lifecycle.ts";
import { s3NoForceDestroy } from "./rules/s3/s3-no-force-destroy.ts";
import { s3NoPublicAclPolicy } from "./rules/s3/s3-no-public-acl-policy.ts";
import { s3PublicAccessBlock } from "./rules/s3/s3-public-access-block.ts";
import { s3TlsOnly } from "./rules/s3/s3-tls-only.ts";
import { s3Versioning } from "./rules/s3/s3-versioning.ts";
import { secretCmk } from "./rules/secretsmanager/secret-cmk.ts";
import { secretPolicyRestrictive } from "./rules/secretsmanager/secret-policy-restrictive.ts";
import { secretRecoveryWindow } from "./rules/secretsmanager/secret-recovery-window.ts";
import { secretRotation } from "./rules/secretsmanager/secret-rotation.ts";
import { snsEncrypted } from "./rules/sns/sns-encrypted.ts";
import { queueAgeAlarm } from "./rules/sqs/queue-age-alarm.ts";
import { sqsDlq } from "./rules/sqs/sqs-dlq.ts";
import { sqsEncrypted } from "./rules/sqs/sqs-encrypted.ts";
import { sqsSnsPolicyAttached } from "./rules/sqs/sqs-sns-policy-attached.ts";
import { sqsSnsPolicyNarrow } from "./rules/sqs/sqs-sns-policy-narrow.ts";
import { naclNoOpenAdmin } from "./rules/vpc/nacl-no-open-admin.ts";
import { subnetNoAutoPublicIp } from "./rules/vpc/subnet-no-auto-public-ip.ts";
import { vpcDefaultSgClosed } from "./rules/vpc/vpc-default-sg-closed.ts";
import { vpcFlowLogs } from "./rules/vpc/vpc-flow-logs.ts";
import { wafHasRulesAndLogs } from "./rules/wafv2/waf-has-rules-and-logs.ts";

/** Every rule of the pack, sorted by service and name. */
export const rules: Policies = [
  acmDnsValidated,
  acmNoWildcard,
  backupCoversData,
  backupPlanRetention,
  backupVaultCmk,
  backupVaultLock,
  budgetExists,
  cfHttpsOnly,
  cfLogging,
  cfOac,
  cfOriginTls,
  cfSecurityHeaders,
  cfTls12,
  cfWaf,
  cloudtrailFull,
  alarmActionable,
  alarmTopicInRegion,
  configChannelUnlocked,
  ltEbsEncrypted,
  ltImdsv2,
  ltNoSecretsInUserdata,
  sgDescriptions,
  sgEgressRestricted,
  sgNoWorldIngress,
  sgPublicOnlyBalancers,
  ecrImmutableScanned,
  ecrPolicyLifecycle,
  eksAccessEntries,
  eksAddonsComplete,
  eksAddonsPinned,
  eksControlPlaneLogs,
  eksDeletionProtection,
  eksEndpointPrivate,
  eksNodegroupHa,
  eksNodegroupNoOpenSsh,
  eksSecretsCmk,
  eksVersionSupported,
  elasticacheAtRest,
  elasticacheHaBackup,
  elasticacheInTransitAuth,
  albAccessLogs,
  albHardening,
  albHttps,
  albPublicByIntent,
  albTargetHealth,
  albTls12,
  albWaf,
  iamAttachToRolesOnly,
  iamNoAdminAttachment,
  iamNoAdminPolicy,
  iamNoUsersOrKeys,
  iamNoWildcardResource,
  iamOidcSubjectBound,
  iamPassroleScoped,
  iamTrustNarrow,
  kmsDeletionWindow,
  kmsPolicyNoWildcard,
  kmsRotation,
  helmReleasePinned,
  k8sHpaBounds,
  k8sImagePinned,
  k8sImageRegistry,
  k8sIngressTls,
  k8sNetpolDefaultDeny,
  k8sNoNakedPods,
  k8sNoSecretLiterals,
  k8sNoTokenAutomount,
  k8sNotDefaultNamespace,
  k8sNsLabels,
  k8sNsQuota,
  k8sPdb,
  k8sProbes,
  k8sPssRestricted,
  k8sRbacNoClusterAdmin,
  k8sReadonlyRootfs,
  k8sReplicas,
  k8sResources,
  k8sSecretsAsFiles,
  k8sServiceExposure,
  k8sTopologySpread,
  k8sWorkloadMonitored,
  k8sWorkloadNetworkPolicy,
  logsCmk,
  logsRetention,
  policyPackAttached,
  rdsBackupRetention,
  rdsCmk,
  rdsDeletionProtection,
  rdsFinalSnapshot,
  rdsHousekeeping,
  rdsIamAuth,
  rdsLogExports,
  rdsManagedPassword,
  rdsMonitoring,
  rdsMultiAz,
  rdsNotPublic,
  rdsStorageEncrypted,
  rdsTlsRequired,
  route53Zone,
  s3AccessLogs,
  s3Encrypted,
  s3Lifecycle,
  s3NoForceDestroy,
  s3NoPublicAclPolicy,
  s3PublicAccessBlock,
  s3TlsOnly,
  s3Versioning,
  secretCmk,
  secretPolicyRestrictive,
  secretRecoveryWindow,
  secretRotation,
  snsEncrypted,
  queueAgeAlarm,
  sqsDlq,
  sqsEncrypted,
  sqsSnsPolicyAttached,
  sqsSnsPolicyNarrow,
  naclNoOpenAdmin,
  subnetNoAutoPublicIp,
  vpcDefaultSgClosed,
  vpcFlowLogs,
  wafHasRulesAndLogs,
];
