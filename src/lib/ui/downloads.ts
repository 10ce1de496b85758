// Has the browser save files, whose addresses stay good for as long as a person may still agree to it.
export class Downloads {
  readonly #addresses = new Map<File, string>();

  /** Offers a file for saving, under its own name. */
  save(file: File): void {
    const address = this.#addresses.get(file) ?? URL.createObjectURL(file);
    this.#addresses.set(file, address);
    const link = document.createElement('a');
    link.href = address;
    link.download = file.name;
    link.click();
  }

  /** Lets the files go. Not right after `save`: Safari asks first, and reads the file after that. */
  letGo(): void {
    for (const address of this.#addresses.values()) URL.revokeObjectURL(address);
    this.#addresses.clear();
  }
}
