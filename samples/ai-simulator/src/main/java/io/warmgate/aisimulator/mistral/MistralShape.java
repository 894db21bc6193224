package io.warmgate.aisimulator.mistral;

import io.warmgate.aisimulator.shape.Choice;
import io.warmgate.aisimulator.shape.Either;
import io.warmgate.aisimulator.shape.Fields;
import io.warmgate.aisimulator.shape.Flag;
import io.warmgate.aisimulator.shape.ListOf;
import io.warmgate.aisimulator.shape.MapOf;
import io.warmgate.aisimulator.shape.Numeric;
import io.warmgate.aisimulator.shape.Shape;
import io.warmgate.aisimulator.shape.Text;

/** What requests must look like. */
final class MistralShape {
  private static final Shape NAME = Text.matching("[a-zA-Z0-9_-]{1,64}");
  private static final Shape SCHEMA = new MapOf(new Shape.Anything());

  /** "must be a-z, A-Z, 0-9, with a length of 9". */
  private static final Shape CALL_ID = Text.matching("[a-zA-Z0-9]{9}");

  private static final Fields TEXT = Fields.none().need("text", Text.any());

  private static final Choice TEXT_CHUNK = Choice.by("type").with("text", TEXT);

  private static final Shape TEXTS = Either.of(Text.any(), ListOf.some(TEXT_CHUNK));

  private static final Shape USER_CONTENT =
      Either.of(
          Text.any(),
          ListOf.some(
              TEXT_CHUNK.with(
                  "image_url",
                  Fields.none()
                      .need(
                          "image_url",
                          Fields.none()
                              .need("url", Text.matching("(?s)(data:|https?://).+"))
                              .may("detail", Text.oneOf("auto", "low", "high"))))));

  private static final Shape ASSISTANT_CONTENT =
      Either.of(
          Text.any(),
          ListOf.some(
              TEXT_CHUNK.with("thinking", Fields.none().need("thinking", ListOf.any(TEXT_CHUNK)))));

  private static final Fields CALL =
      Fields.none()
          .need("id", CALL_ID)
          .may("type", Text.oneOf("function"))
          .may("index", Numeric.integer(0, 1000))
          .need("function", Fields.none().need("name", NAME).need("arguments", Text.any()));

  private static final Shape MESSAGE =
      Choice.by("role")
          .with("system", Fields.none().need("content", TEXTS))
          .with("user", Fields.none().need("content", USER_CONTENT))
          .with(
              "assistant",
              Fields.none()
                  .mayNull("content", ASSISTANT_CONTENT)
                  .may("tool_calls", ListOf.some(CALL))
                  .may("prefix", new Flag()))
          .with(
              "tool",
              Fields.none().need("content", TEXTS).need("tool_call_id", CALL_ID).may("name", NAME));

  private static final Shape TOOL =
      Choice.by("type")
          .with(
              "function",
              Fields.none()
                  .need(
                      "function",
                      Fields.none()
                          .need("name", NAME)
                          .may("description", Text.any())
                          .need("parameters", SCHEMA)
                          .may("strict", new Flag())));

  private static final Shape FORMAT =
      Choice.by("type")
          .with("text", Fields.none())
          .with("json_object", Fields.none())
          .with(
              "json_schema",
              Fields.none()
                  .need(
                      "json_schema",
                      Fields.none()
                          .need("name", NAME)
                          .may("description", Text.any())
                          .need("schema", SCHEMA)
                          .may("strict", new Flag())));

  static final Fields REQUEST =
      Fields.none()
          .need("model", Text.any())
          .need("messages", ListOf.some(MESSAGE))
          .may("temperature", Numeric.decimal(0, 1.5))
          .may("top_p", Numeric.decimal(0, 1))
          .may("max_tokens", Numeric.integer(0, Integer.MAX_VALUE))
          .may("stream", new Flag())
          .may("stop", Either.of(Text.any(), ListOf.any(Text.any())))
          .may("random_seed", Numeric.integer(0, Long.MAX_VALUE))
          .may("presence_penalty", Numeric.decimal(-2, 2))
          .may("frequency_penalty", Numeric.decimal(-2, 2))
          .may("response_format", FORMAT)
          .may("tools", ListOf.some(TOOL))
          .may(
              "tool_choice",
              Either.of(
                  Text.oneOf("auto", "none", "any", "required"),
                  Choice.by("type")
                      .with(
                          "function",
                          Fields.none().need("function", Fields.none().need("name", NAME)))))
          .may("parallel_tool_calls", new Flag())
          .may("reasoning_effort", Text.oneOf("none", "high"))
          .may("safe_prompt", new Flag());

  static final Fields EMBEDDINGS =
      Fields.none()
          .need("model", Text.any())
          .need("input", Either.of(Text.any(), new ListOf(Text.matching("(?s).+"), 1, 2048)))
          .may("output_dimension", Numeric.integer(1, 3072));

  private MistralShape() {}
}
