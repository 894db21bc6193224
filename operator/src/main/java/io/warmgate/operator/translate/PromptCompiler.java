package io.warmgate.operator.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Prompt;
import io.warmgate.crd.v1alpha1.RoutePrompt;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A rule's own question. What is wrong with its schemas is found here, so that no pod has to. */
final class PromptCompiler {
  /** JSON Schema 2020-12 of JSON Schema 2020-12; it is a part of the library. */
  private static final Schema SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

  private PromptCompiler() {}

  /**
   * @param spec null: the rule has none
   * @param firstModel what the first model of the rule is called
   * @throws Unusable naming the first field that is invalid
   */
  static @Nullable Prompt compile(
      String path, @Nullable RoutePrompt spec, Supplier<String> firstModel) {
    if (spec == null) {
      return null;
    }
    checkSchema(path + ".parameters", spec.parameters());
    if (spec.output() != null) {
      checkSchema(path + ".output", spec.output());
    }
    Double temperature = spec.temperature();
    try {
      return new Prompt(
          spec.model() == null ? firstModel.get() : spec.model(),
          spec.description(),
          spec.system(),
          spec.user(),
          spec.parameters(),
          spec.output(),
          spec.maxTokens(),
          temperature == null ? null : BigDecimal.valueOf(temperature));
    } catch (ConfigException e) {
      throw Unusable.invalid(path + "." + e.path(), e.problem());
    }
  }

  private static void checkSchema(String path, JsonNode schema) {
    for (Error error : SCHEMAS.validate(schema)) {
      throw Unusable.invalid(
          path, "is no JSON Schema: " + error.getInstanceLocation() + " " + error.getMessage());
    }
    checkKeywords(path, schema);
  }

  /** What the metaschema leaves open: pods fetch nothing, and their patterns are RE2's. */
  private static void checkKeywords(String path, JsonNode node) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (name.equals("$ref") && value.isTextual() && !value.textValue().startsWith("#")) {
        throw Unusable.invalid(path, "has a $ref to " + value + ": only those that begin with #");
      }
      if (name.equals("pattern") && value.isTextual()) {
        checkPattern(path, value.textValue());
      }
      if (name.equals("patternProperties")) {
        value.fieldNames().forEachRemaining(pattern -> checkPattern(path, pattern));
      }
      checkKeywords(path, value);
    }
    for (JsonNode item : node.isArray() ? node : List.<JsonNode>of()) {
      checkKeywords(path, item);
    }
  }

  private static void checkPattern(String path, String pattern) {
    try {
      var _ = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw Unusable.invalid(
          path,
          "has the pattern '%s', which is none of RE2's: %s"
              .formatted(pattern, e.getDescription()));
    }
  }
}
