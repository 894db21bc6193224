package io.warmgate.aisimulator.bedrock;

import io.warmgate.aisimulator.shape.Fields;
import io.warmgate.aisimulator.shape.Flag;
import io.warmgate.aisimulator.shape.ListOf;
import io.warmgate.aisimulator.shape.MapOf;
import io.warmgate.aisimulator.shape.Numeric;
import io.warmgate.aisimulator.shape.Shape;
import io.warmgate.aisimulator.shape.Text;

/** What a request of {@code converse} must look like. */
final class ConverseShape {
  private static final Shape OBJECT = new MapOf(new Shape.Anything());
  private static final Shape BASE64 = Text.matching("[A-Za-z0-9+/]+={0,2}");
  private static final Shape ID = Text.matching("[a-zA-Z0-9_-]{1,64}");
  private static final Shape SOME = Text.matching("(?s).+");

  private static final Fields TEXT = Fields.none().need("text", Text.any());

  private static final Fields IMAGE =
      Fields.none()
          .need("format", Text.oneOf("png", "jpeg", "gif", "webp"))
          .need("source", Fields.none().need("bytes", BASE64));

  private static final Fields RESULT =
      Fields.none()
          .need("toolUseId", ID)
          .need(
              "content",
              ListOf.any(
                  Fields.none().may("text", Text.any()).may("json", OBJECT).may("image", IMAGE)))
          .may("status", Text.oneOf("success", "error"));

  private static final Fields REASONING =
      Fields.none()
          .may("reasoningText", Fields.none().need("text", Text.any()).may("signature", Text.any()))
          .may("redactedContent", BASE64);

  private static final Fields BLOCK =
      Fields.none()
          .may("text", Text.any())
          .may("image", IMAGE)
          .may(
              "toolUse", Fields.none().need("toolUseId", ID).need("name", ID).need("input", OBJECT))
          .may("toolResult", RESULT)
          .may("reasoningContent", REASONING);

  private static final Fields TOOL =
      Fields.none()
          .need("name", ID)
          .may("description", SOME)
          .need("inputSchema", Fields.none().need("json", OBJECT))
          .may("strict", new Flag());

  private static final Fields CHOICE =
      Fields.none()
          .may("auto", Fields.none())
          .may("any", Fields.none())
          .may("tool", Fields.none().need("name", ID));

  private static final Fields FORMAT =
      Fields.none()
          .need("type", Text.oneOf("json_schema"))
          .need(
              "structure",
              Fields.none()
                  .need(
                      "jsonSchema",
                      Fields.none()
                          .need("schema", SOME)
                          .may("name", Text.any())
                          .may("description", Text.any())));

  static final Fields REQUEST =
      Fields.none()
          .need(
              "messages",
              ListOf.some(
                  Fields.none()
                      .need("role", Text.oneOf("user", "assistant"))
                      .need("content", ListOf.some(BLOCK))))
          .may("system", ListOf.some(TEXT))
          .may(
              "inferenceConfig",
              Fields.none()
                  .may("maxTokens", Numeric.integer(1, Integer.MAX_VALUE))
                  .may("temperature", Numeric.decimal(0, 1))
                  .may("topP", Numeric.decimal(0, 1))
                  .may("stopSequences", new ListOf(SOME, 0, 2500)))
          .may(
              "toolConfig",
              Fields.none()
                  .need("tools", ListOf.some(Fields.none().need("toolSpec", TOOL)))
                  .may("toolChoice", CHOICE))
          .may(
              "outputConfig",
              Fields.none()
                  .may("textFormat", FORMAT)
                  .may("effort", Text.oneOf("low", "medium", "high", "xhigh", "max")))
          .may("requestMetadata", new MapOf(Text.any()));

  private ConverseShape() {}
}
