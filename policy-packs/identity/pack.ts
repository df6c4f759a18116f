import { servePack } from "../engine/serve-pack.ts";
import { identityRules } from "./rules.ts";

servePack("identity", "Whether Windows 365 has the permissions it needs, and Cloud PCs can join.", identityRules);
