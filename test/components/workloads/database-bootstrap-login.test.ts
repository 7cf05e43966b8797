import { chmodSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

import { DatabaseBootstrap } from "../../../components/workloads/database-bootstrap.ts";
import { secretFile } from "../../../core/names.ts";
import { deploy, only } from "../../support/cloud.ts";
import { MountedSecret } from "../../support/mounted-secret.ts";
import { POSTGRES, ThrowawayPostgres } from "../../support/postgres.ts";
import { describeWith } from "../../support/requirements.ts";
import { api, contextOf, servicesOf } from "../../support/services.ts";

const FILE = "pg_service.conf";
const MASTER = "preflight_master";
/** What RDS may put into a password: every printable ASCII sign but slash, quotes, at and space. */
const PASSWORDS = ["first#[x]=;'\\~1", "=second!$%^&*(){}?<>,.|`+", "#third:-_:"];

/** The job's variables, and the template of its login file, as the component makes them. */
async function jobOf(): Promise<{ readonly variables: Record<string, string>; readonly template: string }> {
  const service = api({ needs: { ...api().needs, database: { name: "orders", poolSize: 5, extensions: [] } } });
  const resources = await deploy(() =>
    new DatabaseBootstrap("database", { context: contextOf(servicesOf([service])) }).prepare(service),
  );
  const specOf = (type: string) => JSON.parse(JSON.stringify(only(resources, type).inputs["spec"]));
  const [{ env }] = specOf("kubernetes:batch/v1:Job").template.spec.containers;
  return {
    variables: Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value])),
    template: specOf("kubernetes:external-secrets.io/v1:ExternalSecret").target.template.data[FILE],
  };
}

describeWith(POSTGRES, "the jobs that make databases, while RDS renews the master's password", () => {
  let postgres: ThrowawayPostgres;
  const volume = new MountedSecret();

  beforeAll(() => {
    postgres = new ThrowawayPostgres();
    postgres.query("superuser", "postgres", `CREATE ROLE ${MASTER} LOGIN`);
    postgres.demandPassword(MASTER);
  });
  afterAll(() => {
    postgres.stop();
    volume.remove();
  });

  it("log in with the file's password, whatever signs it has, and after each renewal with the new one", async () => {
    const { variables, template } = await jobOf();
    const { PGSERVICEFILE = "", PGSERVICE = "" } = variables;
    // The socket stands for the network; the rest of the login is the job's own.
    const own = {
      PGSERVICEFILE: PGSERVICEFILE.replace(secretFile.folder, volume.folder),
      PGSERVICE,
      PGDATABASE: "postgres",
    };
    for (const password of PASSWORDS) {
      const literal = password.replaceAll("'", "''");
      postgres.query("superuser", "postgres", `ALTER ROLE ${MASTER} PASSWORD '${literal}'`);
      if (password !== PASSWORDS[0])
        expect(() => postgres.queryWith(own, "SELECT 1")).toThrow("password authentication");
      volume.write({ [FILE]: template.replace("{{ .username }}", MASTER).replace("{{ .password }}", () => password) });
      // As the volume has it: its group reads too, which a password file of libpq may not be.
      chmodSync(join(volume.folder, "..data", FILE), 0o440);
      expect(postgres.queryWith(own, "SELECT current_user")).toBe(MASTER);
    }
  });
});
