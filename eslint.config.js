import tseslint from "typescript-eslint";

/**
 * What each layer may not import; design 2 has the drawing. `type` entries allow type-only imports.
 * Each list names the folders that are out of bounds, as they appear in a relative import.
 */
const LAYERS = {
  standards: { forbidden: ["config", "components", "policies", "preview", "ops", "checklist"], types: [] },
  config: { forbidden: ["components", "policies", "preview", "ops", "checklist"], types: [] },
  components: { forbidden: ["policies", "preview", "ops", "checklist"], types: ["config"] },
  policies: { forbidden: ["config", "components", "preview", "ops", "checklist"], types: [] },
};

/** A pattern that matches `../folder/…` at any depth, but not a folder of that name inside the layer. */
const outside = (folder, allowTypeImports) => ({
  regex: `^(\\.\\./)+${folder}(/|$)`,
  message:
    "This import breaks the layers of design 2: standards <- config <- components <- index; standards <- policies.",
  allowTypeImports,
});

const layerRules = Object.entries(LAYERS).map(([layer, { forbidden, types }]) => ({
  files: [`${layer}/**/*.ts`],
  rules: {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      {
        patterns: [
          ...forbidden.map((folder) => outside(folder, false)),
          ...types.map((folder) => outside(folder, true)),
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
  },
}));

const SIZES = [
  { files: ["index.ts"], lines: 260, whole: true },
  { files: ["components/**/*.ts", "preview/**/*.ts", "ops/**/*.ts"], lines: 250 },
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
