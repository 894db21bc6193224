package io.warmgate.ai.chat;

import org.jspecify.annotations.Nullable;

/**
 * The id of a tool's call, as clients have it. Where a provider has to be given back a signature
 * with the call (Gemini's {@code thoughtSignature}), it goes with the id: no front has another
 * place for it that every client keeps. Made of letters, digits, {@code -} and {@code _}, which is
 * what Anthropic's clients take.
 *
 * @param id the provider's
 * @param signature in base64 (RFC 4648 section 4); null: none
 */
public record CallId(String id, @Nullable String signature) {
  private static final String MARK = "__thought__";

  /** What clients have been given, or made up. */
  public static CallId of(String text) {
    int mark = text.indexOf(MARK);
    if (mark < 0) {
      return new CallId(text, null);
    }
    String url = text.substring(mark + MARK.length());
    String base64 = url.replace('-', '+').replace('_', '/');
    return new CallId(text.substring(0, mark), base64 + "=".repeat((4 - url.length() % 4) % 4));
  }

  /** For clients. */
  public String text() {
    return signature == null
        ? id
        : id + MARK + signature.replace('+', '-').replace('/', '_').replace("=", "");
  }
}
