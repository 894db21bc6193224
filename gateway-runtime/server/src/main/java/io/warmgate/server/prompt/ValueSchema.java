package io.warmgate.server.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.warmgate.ai.TranslationException;
import java.util.Comparator;
import java.util.List;

/**
 * A JSON Schema 2020-12, compiled. Patterns are RE2's: no text makes one take long. Nothing is
 * fetched for a {@code $ref}.
 */
final class ValueSchema {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry
                  .schemaCacheEnabled(false)
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder()
                          .failFast(false)
                          .regularExpressionFactory(
                              pattern -> {
                                Pattern compiled = Pattern.compile(pattern);
                                return value -> compiled.matcher(value).find();
                              })
                          .build()));

  private final Schema schema;

  ValueSchema(JsonNode schema) {
    this.schema = SCHEMAS.getSchema(schema);
  }

  /**
   * @throws TranslationException naming the value that does not fit, the first by its place
   */
  void check(JsonNode value) {
    List<Error> errors = schema.validate(value);
    errors.stream()
        .min(Comparator.comparing(error -> String.valueOf(error.getInstanceLocation())))
        .ifPresent(
            error -> {
              throw new TranslationException(
                  String.valueOf(error.getInstanceLocation()), error.getMessage());
            });
  }
}
