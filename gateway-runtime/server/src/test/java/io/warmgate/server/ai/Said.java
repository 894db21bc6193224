package io.warmgate.server.ai;

/** What fronts ask, and providers answer, in these tests. */
final class Said {
  static final String OPENAI = "/v1/chat/completions";
  static final String ANTHROPIC = "/v1/messages";

  static final String OPENAI_ANSWER =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"made-by-1",\
      "choices":[{"index":0,"message":{"role":"assistant","content":"Hello there","refusal":null},\
      "logprobs":null,"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5},"odd":{"is": 1.50}}\
      """;

  static final String ANTHROPIC_ANSWER =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"made-by-2",\
      "content":[{"type":"text","text":"Hello there"}],"stop_reason":"end_turn",\
      "stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":2}}\
      """;

  /** A stream of OpenAI's, with usage. */
  static final String[] OPENAI_STREAM = {
    chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
    chunk("{\"content\":\"Hello\"}", "null"),
    chunk("{\"content\":\" there\"}", "null"),
    chunk("{}", "\"stop\""),
    """
    data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,\
    "model":"made-by-1","choices":[],\
    "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}

    """,
    "data: [DONE]\n\n"
  };

  static final String[] ANTHROPIC_STREAM = {
    event(
        "message_start",
        """
        {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
        "model":"made-by-2","content":[],"stop_reason":null,"stop_sequence":null,\
        "usage":{"input_tokens":3,"output_tokens":1}}}\
        """),
    event(
        "content_block_start",
        """
        {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\
        """),
    delta("Hello"),
    delta(" there"),
    event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}"),
    event(
        "message_delta",
        """
        {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},\
        "usage":{"output_tokens":2}}\
        """),
    event("message_stop", "{\"type\":\"message_stop\"}")
  };

  private Said() {}

  private static String chunk(String delta, String finish) {
    return """
    data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,\
    "model":"made-by-1","choices":[{"index":0,"delta":%s,"finish_reason":%s}],"usage":null}

    """
        .formatted(delta, finish);
  }

  private static String delta(String text) {
    return event(
        "content_block_delta",
        """
        {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}}\
        """
            .formatted(text));
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  /** A question of either front's. */
  static String question(String model, String text, String more) {
    return """
    {"model":"%s","max_tokens":100,"messages":[{"role":"user","content":"%s"}]%s}\
    """
        .formatted(model, text, more);
  }

  static String question(String model, String text) {
    return question(model, text, "");
  }

  static String streamed(String model, String text) {
    return question(model, text, ",\"stream\":true");
  }
}
