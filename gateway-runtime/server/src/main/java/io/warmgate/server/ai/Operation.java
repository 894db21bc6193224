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
        .filter(operation -> operation != MODEL && operation != UNKNOWN)
        .filter(operation -> path.endsWith(operation.end))
        .findFirst()
        .orElse(path.contains(MODEL.end) ? MODEL : UNKNOWN);
  }

  /** Whether who asks there speaks Anthropic's dialect, whatever is there. */
  static boolean isOfMessages(String path) {
    return path.endsWith(MESSAGES.end) || path.contains(OF_MESSAGES);
  }
}
