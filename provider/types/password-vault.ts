import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const saltBytes = 16;
const keyBytes = 32;
const form = /^scrypt\$([0-9a-f]{32})\$([0-9a-f]{64})$/;

/**
 * Passwords while this process runs: what the engine keeps of one is a salted hash, by which a change is seen. The password itself
 * is handed from the check of a deployment to its create or update through memory only.
 */
export interface PasswordVault {
  /** The hash that stands for a password: the old one if it is the same password. */
  seal(password: string, oldHash: string | undefined): Promise<string>;
  /** The password that a hash of this process stands for. Throws for any other. */
  open(hash: string): string;
}

/** Makes an empty vault. */
export function createPasswordVault(): PasswordVault {
  const passwords = new Map<string, string>();
  return {
    async seal(password, oldHash) {
      // The engine gives back the old input where the program ignores its changes: that is the hash itself.
      if (oldHash !== undefined && password === oldHash) return oldHash;
      const hash = oldHash !== undefined && (await matches(password, oldHash)) ? oldHash : await hashOf(password);
      passwords.set(hash, password);
      return hash;
    },
    open(hash) {
      const password = passwords.get(hash);
      if (password !== undefined) return password;
      throw new Error(
        "adDomainPassword is known by its hash only, because the program ignores its changes; give it again",
      );
    },
  };
}

async function hashOf(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt, keyBytes);
  return `scrypt$${salt.toString("hex")}$${key.toString("hex")}`;
}

async function matches(password: string, hash: string): Promise<boolean> {
  const [, salt, key] = form.exec(hash) ?? [];
  if (salt === undefined || key === undefined) return false;
  const derived = await derive(password, Buffer.from(salt, "hex"), keyBytes);
  return timingSafeEqual(derived, Buffer.from(key, "hex"));
}
