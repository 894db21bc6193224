package io.warmgate.aisimulator.openai;

import io.warmgate.aisimulator.shape.Choice;
import io.warmgate.aisimulator.shape.Either;
import io.warmgate.aisimulator.shape.Fields;
import io.warmgate.aisimulator.shape.Flag;
import io.warmgate.aisimulator.shape.ListOf;
import io.warmgate.aisimulator.shape.Numeric;
import io.warmgate.aisimulator.shape.Shape;
import io.warmgate.aisimulator.shape.Text;

/** What a request of {@code POST /v1/responses} must look like. */
final class ResponsesShape {
  private static final Shape STATUS = Text.oneOf("in_progress", "completed", "incomplete");
  private static final Shape ANYTHINGS = ListOf.any(new Shape.Anything());
  private static final Fields TEXT = Fields.none().need("text", Text.any());

  private static final Fields IMAGE =
      Fields.none()
          .need("image_url", Text.matching("(?s)(data:|https?://).+"))
          .may("detail", Text.oneOf("auto", "low", "high"));

  private static final Shape CONTENT =
      Either.of(
          Text.any(),
          ListOf.some(
              Choice.by("type")
                  .with("input_text", TEXT)
                  .with("input_image", IMAGE)
                  .with(
                      "output_text", TEXT.may("annotations", ANYTHINGS).may("logprobs", ANYTHINGS))
                  .with("refusal", Fields.none().need("refusal", Text.any()))));

  private static final Fields ITEM =
      Fields.none().mayNull("id", Text.any()).mayNull("status", STATUS);

  private static final Shape INPUT =
      Choice.by("type")
          .with(
              "function_call",
              ITEM.need("call_id", Text.any())
                  .need("name", ChatShape.NAME)
                  .need("arguments", Text.any()))
          .with(
              "function_call_output",
              ITEM.need("call_id", Text.any())
                  .need(
                      "output",
                      Either.of(
                          Text.any(), ListOf.some(Choice.by("type").with("input_text", TEXT)))))
          .withDefault(
              "message",
              ITEM.need("role", Text.oneOf("user", "assistant", "system", "developer"))
                  .need("content", CONTENT));

  private static final Shape TOOL =
      Choice.by("type")
          .with(
              "function",
              Fields.none()
                  .need("name", ChatShape.NAME)
                  .mayNull("description", Text.any())
                  .mayNull("parameters", ChatShape.SCHEMA)
                  .mayNull("strict", new Flag()));

  private static final Shape TOOL_CHOICE =
      Either.of(
          Text.oneOf("none", "auto", "required"),
          Choice.by("type").with("function", Fields.none().need("name", ChatShape.NAME)));

  private static final Shape TEXT_OPTIONS =
      Fields.none()
          .may(
              "format",
              Choice.by("type")
                  .with("text", Fields.none())
                  .with("json_object", Fields.none())
                  .with(
                      "json_schema",
                      Fields.none()
                          .need("name", ChatShape.NAME)
                          .need("schema", ChatShape.SCHEMA)
                          .may("description", Text.any())
                          .mayNull("strict", new Flag())))
          .mayNull("verbosity", Text.oneOf("low", "medium", "high"));

  static final Fields REQUEST =
      Fields.none()
          .need("model", Text.any())
          .need("input", Either.of(Text.any(), ListOf.some(INPUT)))
          .mayNull("background", new Flag())
          .mayNull("include", ListOf.any(Text.oneOf("message.output_text.logprobs")))
          .mayNull("instructions", Text.any())
          .mayNull("max_output_tokens", Numeric.integer(1, Integer.MAX_VALUE))
          .mayNull("metadata", ChatShape.METADATA)
          .mayNull("parallel_tool_calls", new Flag())
          .mayNull("previous_response_id", Text.any())
          .may("prompt_cache_key", Text.any())
          .mayNull("prompt_cache_retention", ChatShape.RETENTION)
          .mayNull("reasoning", Fields.none().mayNull("effort", ChatShape.EFFORT))
          .may("safety_identifier", Text.any())
          .mayNull("service_tier", ChatShape.TIER)
          .mayNull("store", new Flag())
          .mayNull("stream", new Flag())
          .mayNull("stream_options", Fields.none().may("include_obfuscation", new Flag()))
          .mayNull("temperature", Numeric.decimal(0, 2))
          .may("text", TEXT_OPTIONS)
          .may("tool_choice", TOOL_CHOICE)
          .may("tools", new ListOf(TOOL, 0, 128))
          .mayNull("top_logprobs", Numeric.integer(0, 20))
          .mayNull("top_p", Numeric.decimal(0, 1))
          .mayNull("truncation", Text.oneOf("auto", "disabled"))
          .may("user", Text.any());

  private ResponsesShape() {}
}
