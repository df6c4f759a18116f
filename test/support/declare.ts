import * as pulumi from "@pulumi/pulumi";

/** A resource that a program declared. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Runs a program against strict mocks and returns every resource it declared. An invoke that nobody prepared throws. */
export async function declare(
  program: () => unknown,
  answers: Readonly<Record<string, Record<string, unknown>>> = {},
): Promise<readonly Declared[]> {
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        declared.push({ type, name, inputs });
        return { id: `/mock/${name}`, state: { ...inputs, name: `name-of-${name}` } };
      },
      call: ({ token }) => {
        const answer = answers[token];
        if (answer === undefined) throw new Error(`no mock for invoke "${token}"`);
        return answer;
      },
    },
    "windows365-network",
    "test",
    true,
    "organization",
  );
  await program();
  await pulumi.runtime.disconnect(); // drains pending registrations; without it only the first ones are seen
  return declared;
}

/** Declared resources of one type, by the last part of the type token. */
export function ofType(declared: readonly Declared[], type: string): readonly Declared[] {
  return declared.filter((resource) => resource.type.endsWith(`:${type}`));
}
