package io.warmgate.server.ai;

import java.util.Arrays;

/** What is asked of models, by the end of a path. */
enum Operation {
  CHAT_COMPLETIONS("POST", "/chat/completions"),
  /** Behind the one whose path ends as it does. */
  COMPLETIONS("POST", "/completions"),
  RESPONSES("POST", "/responses"),
  MESSAGES("POST", "/messages"),
  EMBEDDINGS("POST", "/embeddings"),
  MODELS("GET", "/models"),
  /** One of them; its name follows. */
  MODEL("GET", "/models/"),
  /** What a prompt of the gateway's is asked with: whatever its rule matches. */
  PROMPT("POST", ""),
  /** What that takes and gives. */
  PROMPT_DOCUMENT("GET", "/openapi.json"),
  UNKNOWN("", "");

  private static final String OF_MESSAGES = MESSAGES.end + "/";

  private final String method;
  private final String end;

  Operation(String method, String end) {
    this.method = method;
    this.end = end;
  }

  /** The only method that it takes. */
  String method() {
    return method;
  }

  static Operation of(String path) {
    return Arrays.stream(values())
        .filter(Operation::isKnownByItsEnd)
        .filter(operation -> path.endsWith(operation.end))
        .findFirst()
        .orElse(path.contains(MODEL.end) ? MODEL : UNKNOWN);
  }

  /** Of a rule with a prompt of its own. */
  static Operation ofPrompt(String path) {
    return path.endsWith(PROMPT_DOCUMENT.end) ? PROMPT_DOCUMENT : PROMPT;
  }

  private boolean isKnownByItsEnd() {
    return switch (this) {
      case CHAT_COMPLETIONS, COMPLETIONS, RESPONSES, MESSAGES, EMBEDDINGS, MODELS -> true;
      case MODEL, PROMPT, PROMPT_DOCUMENT, UNKNOWN -> false;
    };
  }

  /** Whether it is answered without a model. */
  boolean isAboutModels() {
    return this == MODELS || this == MODEL || this == PROMPT_DOCUMENT;
  }

  /** The path of the endpoint that a document is of. */
  static String documented(String path) {
    return path.substring(0, path.length() - PROMPT_DOCUMENT.end.length());
  }

  /** Whether who asks there speaks Anthropic's dialect, whatever is there. */
  static boolean isOfMessages(String path) {
    return path.endsWith(MESSAGES.end) || path.contains(OF_MESSAGES);
  }
}
