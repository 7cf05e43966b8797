import tseslint from "typescript-eslint";

/** Every folder that holds code of the program. */
const FOLDERS = [
  "checklist",
  "cli",
  "components",
  "config",
  "core",
  "observability",
  "ops",
  "policies",
  "preview",
  "standards",
  "test",
];

/**
 * What each layer may import beside itself: values and types, or types alone. Everything else is out of bounds, also for
 * `import()`. The narrower path of two that match counts.
 */
const LAYERS = {
  "core/**": { values: [], types: [] },
  "standards/**": { values: ["core"], types: [] },
  "config/**": { values: ["core", "standards"], types: [] },
  "observability/**": { values: ["core", "standards"], types: [] },
  "components/**": { values: ["core", "standards"], types: ["config"] },
  "components/monitoring/**": { values: ["core", "standards", "observability"], types: ["config"] },
  "policies/**": { values: ["core", "standards"], types: [] },
  "checklist/**": { values: ["core", "standards", "observability"], types: [] },
  "cli/**": { values: ["core"], types: [] },
  "preview/**": { values: ["core", "standards", "cli"], types: [] },
  // Documents are made from rules, and from what a preview registers.
  "ops/**": {
    values: ["core", "standards", "observability", "checklist", "cli", "config", "policies", "preview"],
    types: [],
  },
  "index.ts": { values: ["core", "standards", "config", "components"], types: [] },
};

const DRAWING =
  "core <- standards <- config <- components <- index; standards <- policies; core <- cli <- preview, ops";

const layerRules = Object.entries(LAYERS).map(([files, { values, types }]) => {
  const layer = files.split("/")[0];
  const outside = FOLDERS.filter((folder) => folder !== layer && !values.includes(folder));
  // Only the program's entry stands beside the folders; in a layer "./config" is a part of its own.
  const pattern = (folder) => (files === "index.ts" ? `^\\./${folder}(/|$)` : `^(\\.\\./)+${folder}(/|$)`);
  return {
    files: [files],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            ...outside.map((folder) => ({
              regex: pattern(folder),
              message: `This import breaks the layers: ${DRAWING}.`,
              allowTypeImports: types.includes(folder),
            })),
            {
              regex: "^@pulumi/(aws|kubernetes|random)$",
              message: "Import the module (@pulumi/aws/rds/index.js): the root costs seconds of type checking.",
              allowTypeImports: false,
            },
            ...(layer === "policies"
              ? [
                  {
                    regex: "^@pulumi/(aws|kubernetes|random)/",
                    message: "Rules import types only: the pack starts without providers.",
                    allowTypeImports: true,
                  },
                ]
              : []),
          ],
        },
      ],
      "no-restricted-syntax": [
        "error",
        ...outside.map((folder) => ({
          selector: `ImportExpression[source.value=/${pattern(folder).replaceAll("/", "\\/")}/]`,
          message: `This import() breaks the layers: ${DRAWING}.`,
        })),
      ],
    },
  };
});

const SIZES = [
  { files: ["index.ts"], lines: 260, whole: true },
  { files: ["{cli,components,config,core,observability,ops,preview}/**/*.ts"], lines: 250 },
  { files: ["policies/rules/**/*.ts"], lines: 80 },
  { files: ["standards/**/*.ts"], lines: 150 },
  { files: ["test/**/*.ts"], lines: 250 },
].map(({ files, lines, whole = false }) => ({
  files,
  rules: { "max-lines": ["error", { max: lines, skipBlankLines: !whole, skipComments: !whole }] },
}));

export default tseslint.config(
  { ignores: ["node_modules/", ".pulumi/", "policies/dist/"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      // The SDKs declare callbacks as methods; ours never use `this`.
      "@typescript-eslint/unbound-method": "off",
      // A component registers resources by constructing them; the value is often not needed again.
      "no-new": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
    },
  },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.js"], rules: { "@typescript-eslint/explicit-module-boundary-types": "off" } },
  // A CloudFront Function is a script, called by its name.
  {
    files: ["components/cdn/*.js"],
    languageOptions: { sourceType: "script" },
    rules: { "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^handler$" }] },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      // Mocks and parsed documents are untyped at the SDK's boundary; assertions say what they hold.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/explicit-module-boundary-types": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
    },
  },
  ...layerRules,
  ...SIZES,
);
