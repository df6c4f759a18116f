/**
 * Error types of Graph with a cause that somebody can mend but that no rule predicts before deployment, and why. Every other such
 * error type is predicted by a rule; a test holds that.
 */
export const notPredictable: Readonly<Record<string, string>> = {
  adJoinCheckIncorrectCredentials: "the password is a secret that only a domain controller can judge",
  adJoinCheckCredentialsExpired: "when the password expires is known only to Active Directory",
  adJoinCheckAccountLockedOrDisabled: "the state of the account is known only to Active Directory, and changes",
  adJoinCheckAccountQuotaExceeded: "how many computers the account has joined is known only to Active Directory",
  adJoinCheckAccessDenied: "the permissions on the organizational unit are known only to Active Directory",
  adJoinCheckOrganizationalUnitNotFound: "whether the organizational unit exists is known only to Active Directory",
  adJoinCheckComputerObjectAlreadyExists:
    "Windows 365 chooses the name of the computer when it provisions; whether Active Directory has it shows then",
  groupPolicySettingCheckFailed: "what group policies do to a computer shows only on a computer that has joined",
};
