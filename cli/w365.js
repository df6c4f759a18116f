#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// The entry is JavaScript, because Node would load its reader of TypeScript for a TypeScript one, which alone takes longer than
// most answers. Behind it, Node's compile cache keeps every module as it was stripped, so only the first start reads TypeScript.
enableCompileCache();
await import("./main.ts");
