import { UserError } from "../cli/errors.ts";

/** Kinds of problems; scripts read them in JSON, so they stay. */
export type PreviewCode =
  /** A file cannot be read, or is no YAML or JSON of the right shape. */
  | "file-unreadable"
  | "file-invalid"
  | "file-unwritable"
  | "project-invalid"
  | "stack-file-invalid"
  | "sdk-missing"
  /** The program ended with an error, or asked for what no engine would accept. */
  | "program-failed"
  /** It ended without one, but waits for something that will never come. */
  | "program-unfinished"
  | "program-timeout"
  | "program-stopped"
  /** The program is right, but needs something that the preview cannot do. */
  | "unsupported"
  | "pack-missing"
  | "pack-failed"
  | "pack-configuration-invalid"
  /** Two resources would be one file. */
  | "manifest-conflict";

/** Something that keeps the preview from being made. It may come from far below: an environment that fails does not stop others. */
export class PreviewProblem extends UserError {
  override readonly name = "PreviewProblem";
  override readonly code: PreviewCode;

  constructor(code: PreviewCode, message: string) {
    super(code, message);
    this.code = code;
  }
}
