import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A secret's volume as the kubelet writes it: each state is a folder of its own, and the link through which all files are
 * read changes over at once.
 * @see https://pkg.go.dev/k8s.io/kubernetes/pkg/volume/util#AtomicWriter
 */
export class MountedSecret {
  readonly folder: string;
  private state = 0;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "preflight-secret-"));
  }

  /** Shows the container these files, by name. */
  write(files: Readonly<Record<string, string>>): void {
    const first = this.state === 0;
    this.state += 1;
    const name = `..state${this.state}`;
    mkdirSync(join(this.folder, name));
    for (const [file, content] of Object.entries(files)) writeFileSync(join(this.folder, name, file), content);
    symlinkSync(name, join(this.folder, "..data_tmp"));
    renameSync(join(this.folder, "..data_tmp"), join(this.folder, "..data"));
    if (first) for (const file of Object.keys(files)) symlinkSync(join("..data", file), join(this.folder, file));
    else rmSync(join(this.folder, `..state${this.state - 1}`), { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
