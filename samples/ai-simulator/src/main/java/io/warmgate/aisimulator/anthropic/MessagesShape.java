package io.warmgate.aisimulator.anthropic;

import io.warmgate.aisimulator.shape.Choice;
import io.warmgate.aisimulator.shape.Either;
import io.warmgate.aisimulator.shape.Fields;
import io.warmgate.aisimulator.shape.Flag;
import io.warmgate.aisimulator.shape.ListOf;
import io.warmgate.aisimulator.shape.MapOf;
import io.warmgate.aisimulator.shape.Numeric;
import io.warmgate.aisimulator.shape.Shape;
import io.warmgate.aisimulator.shape.Text;

/** What a request of {@code POST /v1/messages} must look like. */
final class MessagesShape {
  private static final Shape NAME = Text.matching("[a-zA-Z0-9_-]{1,128}");
  private static final Shape ID = Text.matching("[a-zA-Z0-9_-]+");
  private static final Shape SCHEMA = new MapOf(new Shape.Anything());
  private static final Shape WORDS = Text.matching("(?s).+");

  private static final Fields BLOCK =
      Fields.none()
          .mayNull(
              "cache_control",
              Choice.by("type")
                  .with("ephemeral", Fields.none().may("ttl", Text.oneOf("5m", "1h"))));

  private static final Fields TEXT = BLOCK.need("text", WORDS);
  private static final Fields IMAGE =
      BLOCK.need(
          "source",
          Choice.by("type")
              .with(
                  "base64",
                  Fields.none()
                      .need(
                          "media_type",
                          Text.oneOf("image/jpeg", "image/png", "image/gif", "image/webp"))
                      .need("data", Text.any()))
              .with("url", Fields.none().need("url", Text.matching("https?://.+"))));

  private static final Fields TOOL_RESULT =
      BLOCK
          .need("tool_use_id", ID)
          .may(
              "content",
              Either.of(
                  Text.any(),
                  ListOf.any(Choice.by("type").with("text", TEXT).with("image", IMAGE))))
          .may("is_error", new Flag());

  private static final Fields TOOL_USE =
      BLOCK
          .need("id", ID)
          .need("name", NAME)
          .need("input", SCHEMA)
          .may("caller", Choice.by("type").with("direct", Fields.none()));

  private static final Fields THINKING =
      Fields.none().need("thinking", Text.any()).need("signature", Text.any());

  private static final Shape TEXTS =
      Either.of(Text.any(), ListOf.any(Choice.by("type").with("text", TEXT)));

  private static final Shape MESSAGE =
      Choice.by("role")
          .with("system", Fields.none().need("content", TEXTS))
          .with(
              "user",
              Fields.none()
                  .need(
                      "content",
                      Either.of(
                          WORDS,
                          ListOf.some(
                              Choice.by("type")
                                  .with("text", TEXT)
                                  .with("image", IMAGE)
                                  .with("tool_result", TOOL_RESULT)))))
          .with(
              "assistant",
              Fields.none()
                  .need(
                      "content",
                      Either.of(
                          WORDS,
                          ListOf.some(
                              Choice.by("type")
                                  .with("text", TEXT.mayNull("citations", ListOf.any(SCHEMA)))
                                  .with("tool_use", TOOL_USE)
                                  .with("thinking", THINKING)))));

  private static final Shape TOOL =
      Choice.by("type")
          .withDefault(
              "custom",
              BLOCK
                  .need("name", NAME)
                  .may("description", Text.any())
                  .may("strict", new Flag())
                  .need("input_schema", SCHEMA));

  private static final Fields ONE_OR_MORE =
      Fields.none().may("disable_parallel_tool_use", new Flag());

  private static final Shape TOOL_CHOICE =
      Choice.by("type")
          .with("auto", ONE_OR_MORE)
          .with("any", ONE_OR_MORE)
          .with("tool", ONE_OR_MORE.need("name", NAME))
          .with("none", Fields.none());

  private static final Shape THOUGHT =
      Choice.by("type")
          .with(
              "enabled",
              Fields.none().need("budget_tokens", Numeric.integer(1024, Integer.MAX_VALUE)))
          .with("disabled", Fields.none());

  static final Fields REQUEST =
      Fields.none()
          .need("model", WORDS)
          .need("messages", ListOf.some(MESSAGE))
          .need("max_tokens", Numeric.integer(1, Integer.MAX_VALUE))
          .may("metadata", Fields.none().mayNull("user_id", Text.matching("(?s).{0,256}")))
          .may(
              "output_config",
              Fields.none()
                  .mayNull("effort", Text.oneOf("low", "medium", "high", "max"))
                  .mayNull(
                      "format",
                      Choice.by("type").with("json_schema", Fields.none().need("schema", SCHEMA))))
          .may("service_tier", Text.oneOf("auto", "standard_only"))
          .may("stop_sequences", ListOf.any(WORDS))
          .may("stream", new Flag())
          .may("system", TEXTS)
          .may("temperature", Numeric.decimal(0, 1))
          .may("thinking", THOUGHT)
          .may("tool_choice", TOOL_CHOICE)
          .may("tools", ListOf.any(TOOL))
          .may("top_k", Numeric.integer(0, Integer.MAX_VALUE))
          .may("top_p", Numeric.decimal(0, 1));

  private MessagesShape() {}
}
