package io.warmgate.aisimulator.openai;

import io.warmgate.aisimulator.shape.Choice;
import io.warmgate.aisimulator.shape.Either;
import io.warmgate.aisimulator.shape.Fields;
import io.warmgate.aisimulator.shape.Flag;
import io.warmgate.aisimulator.shape.ListOf;
import io.warmgate.aisimulator.shape.MapOf;
import io.warmgate.aisimulator.shape.Numeric;
import io.warmgate.aisimulator.shape.Shape;
import io.warmgate.aisimulator.shape.Text;

/** What a request of {@code POST /v1/chat/completions} must look like. */
final class ChatShape {
  static final Shape NAME = Text.matching("[a-zA-Z0-9_-]{1,64}");
  static final Shape SCHEMA = new MapOf(new Shape.Anything());
  static final Shape METADATA = new MapOf(Text.matching("(?s).{0,512}"));
  static final Shape EFFORT = Text.oneOf("none", "minimal", "low", "medium", "high", "xhigh");
  static final Shape RETENTION = Text.oneOf("in_memory", "24h");
  static final Shape TIER = Text.oneOf("auto", "default", "flex", "scale", "priority");
  private static final Fields TEXT_PART = Fields.none().need("text", Text.any());
  private static final Shape TEXTS =
      Either.of(Text.any(), ListOf.some(Choice.by("type").with("text", TEXT_PART)));

  private static final Shape USER_CONTENT =
      Either.of(
          Text.any(),
          ListOf.some(
              Choice.by("type")
                  .with("text", TEXT_PART)
                  .with(
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
              Choice.by("type")
                  .with("text", TEXT_PART)
                  .with("refusal", Fields.none().need("refusal", Text.any()))));

  private static final Shape CALL =
      Choice.by("type")
          .with(
              "function",
              Fields.none()
                  .need("id", Text.any())
                  .need(
                      "function", Fields.none().need("name", NAME).need("arguments", Text.any())));

  private static final Shape MESSAGE =
      Choice.by("role")
          .with("system", Fields.none().need("content", TEXTS).may("name", NAME))
          .with("developer", Fields.none().need("content", TEXTS).may("name", NAME))
          .with("user", Fields.none().need("content", USER_CONTENT).may("name", NAME))
          .with(
              "assistant",
              Fields.none()
                  .mayNull("content", ASSISTANT_CONTENT)
                  .mayNull("refusal", Text.any())
                  .may("name", NAME)
                  .may("tool_calls", ListOf.some(CALL))
                  // The npm SDK gives back what it got, where there always is an empty one.
                  .may("annotations", new ListOf(new Shape.Anything(), 0, 0)))
          .with("tool", Fields.none().need("content", TEXTS).need("tool_call_id", Text.any()));

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
                          .may("parameters", SCHEMA)
                          .mayNull("strict", new Flag())));

  private static final Shape TOOL_CHOICE =
      Either.of(
          Text.oneOf("none", "auto", "required"),
          Choice.by("type")
              .with("function", Fields.none().need("function", Fields.none().need("name", NAME))));

  private static final Shape RESPONSE_FORMAT =
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
                          .may("schema", SCHEMA)
                          .mayNull("strict", new Flag())));

  static final Fields REQUEST =
      Fields.none()
          .need("model", Text.any())
          .need("messages", ListOf.some(MESSAGE))
          .mayNull("frequency_penalty", Numeric.decimal(-2, 2))
          .mayNull("logit_bias", new MapOf(Numeric.decimal(-100, 100)))
          .mayNull("logprobs", new Flag())
          .mayNull("max_completion_tokens", Numeric.integer(1, Integer.MAX_VALUE))
          .mayNull("max_tokens", Numeric.integer(1, Integer.MAX_VALUE))
          .mayNull("metadata", METADATA)
          .mayNull("modalities", ListOf.some(Text.oneOf("text")))
          .mayNull("n", Numeric.integer(1, 128))
          .may("parallel_tool_calls", new Flag())
          .mayNull("presence_penalty", Numeric.decimal(-2, 2))
          .may("prompt_cache_key", Text.any())
          .mayNull("prompt_cache_retention", RETENTION)
          .mayNull("reasoning_effort", EFFORT)
          .may("response_format", RESPONSE_FORMAT)
          .may("safety_identifier", Text.any())
          .mayNull("seed", Numeric.integer(Long.MIN_VALUE, Long.MAX_VALUE))
          .mayNull("service_tier", TIER)
          .mayNull("stop", Either.of(Text.any(), new ListOf(Text.any(), 1, 4)))
          .mayNull("store", new Flag())
          .mayNull("stream", new Flag())
          .mayNull(
              "stream_options",
              Fields.none().may("include_usage", new Flag()).may("include_obfuscation", new Flag()))
          .mayNull("temperature", Numeric.decimal(0, 2))
          .may("tool_choice", TOOL_CHOICE)
          .may("tools", new ListOf(TOOL, 1, 128))
          .mayNull("top_logprobs", Numeric.integer(0, 20))
          .mayNull("top_p", Numeric.decimal(0, 1))
          .may("user", Text.any())
          .mayNull("verbosity", Text.oneOf("low", "medium", "high"));

  private ChatShape() {}
}
