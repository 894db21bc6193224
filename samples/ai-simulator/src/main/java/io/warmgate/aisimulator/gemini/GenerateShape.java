package io.warmgate.aisimulator.gemini;

import io.warmgate.aisimulator.shape.Fields;
import io.warmgate.aisimulator.shape.Flag;
import io.warmgate.aisimulator.shape.ListOf;
import io.warmgate.aisimulator.shape.MapOf;
import io.warmgate.aisimulator.shape.Numeric;
import io.warmgate.aisimulator.shape.Shape;
import io.warmgate.aisimulator.shape.Text;

/** What a request of {@code generateContent} must look like. */
final class GenerateShape {
  static final Shape OBJECT = new MapOf(new Shape.Anything());
  private static final Shape NAME = Text.matching("[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}");
  private static final Shape BASE64 = Text.matching("[A-Za-z0-9+/_-]+={0,2}");

  private static final Fields PART =
      Fields.none()
          .may("text", Text.any())
          .may("thought", new Flag())
          .may("thoughtSignature", BASE64)
          .may("inlineData", Fields.none().need("mimeType", Text.any()).need("data", BASE64))
          .may("fileData", Fields.none().need("fileUri", Text.any()).may("mimeType", Text.any()))
          .may(
              "functionCall",
              Fields.none().may("id", Text.any()).need("name", NAME).may("args", OBJECT))
          .may(
              "functionResponse",
              Fields.none().may("id", Text.any()).need("name", NAME).need("response", OBJECT));

  static final Fields CONTENT =
      Fields.none().may("role", Text.oneOf("user", "model")).need("parts", ListOf.some(PART));

  private static final Fields FUNCTION =
      Fields.none()
          .need("name", NAME)
          .may("description", Text.any())
          .may("parametersJsonSchema", OBJECT);

  private static final Fields THINKING =
      Fields.none()
          .may("includeThoughts", new Flag())
          .may("thinkingBudget", Numeric.integer(-1, 32768))
          .may("thinkingLevel", Text.oneOf("MINIMAL", "LOW", "MEDIUM", "HIGH"));

  private static final Fields GENERATION =
      Fields.none()
          .may("candidateCount", Numeric.integer(1, 1))
          .may("temperature", Numeric.decimal(0, 2))
          .may("topP", Numeric.decimal(0, 1))
          .may("topK", Numeric.decimal(1, 1000))
          .may("maxOutputTokens", Numeric.integer(1, Integer.MAX_VALUE))
          .may("stopSequences", new ListOf(Text.matching("(?s).+"), 0, 5))
          .may("presencePenalty", Numeric.decimal(-2, 2))
          .may("frequencyPenalty", Numeric.decimal(-2, 2))
          .may("seed", Numeric.integer(Integer.MIN_VALUE, Integer.MAX_VALUE))
          .may("responseMimeType", Text.oneOf("text/plain", "application/json"))
          .may("responseJsonSchema", OBJECT)
          .may("thinkingConfig", THINKING);

  static final Fields REQUEST =
      Fields.none()
          .need("contents", ListOf.some(CONTENT))
          .may("systemInstruction", CONTENT)
          .may(
              "tools",
              ListOf.any(Fields.none().need("functionDeclarations", ListOf.some(FUNCTION))))
          .may(
              "toolConfig",
              Fields.none()
                  .need(
                      "functionCallingConfig",
                      Fields.none()
                          .need("mode", Text.oneOf("AUTO", "ANY", "NONE", "VALIDATED"))
                          .may("allowedFunctionNames", ListOf.some(NAME))))
          .may("generationConfig", GENERATION);

  private GenerateShape() {}
}
