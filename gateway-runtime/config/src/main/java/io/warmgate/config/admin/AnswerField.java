package io.warmgate.config.admin;

/** A field of models' answers that names the version which made them. */
public enum AnswerField {
  /** OpenAI's, and of servers that speak as it does: the configuration that answered. */
  SYSTEM_FINGERPRINT("system_fingerprint"),

  /** The model by its resolved name, as in {@code gpt-4o-2024-08-06} for {@code gpt-4o}. */
  MODEL("model");

  private final String text;

  AnswerField(String text) {
    this.text = text;
  }

  /** As answers in OpenAI's form have it. */
  public String text() {
    return text;
  }
}
