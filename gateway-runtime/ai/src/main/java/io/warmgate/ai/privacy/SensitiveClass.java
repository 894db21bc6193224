package io.warmgate.ai.privacy;

/** What texts may hold that is of a person. */
public enum SensitiveClass {
  /** An address of mail, as people write it (RFC 5321 without quotes). */
  EMAIL,
  /** A number of a payment card whose issuer, length and check digit fit (ISO/IEC 7812). */
  CARD_NUMBER,
  /** A number with its country's code (E.164), or in groups as North America or Europe write it. */
  PHONE_NUMBER,
  /** The number of a bank account, with its check digits (ISO 13616). */
  IBAN,
  /** Of the United States, in its three groups. */
  SOCIAL_SECURITY_NUMBER
}
