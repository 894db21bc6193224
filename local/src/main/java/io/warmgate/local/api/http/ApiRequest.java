package io.warmgate.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.resource.ProtobufMessages;
import io.warmgate.local.api.service.DeleteOptions;
import io.warmgate.local.api.service.PatchBody;
import io.warmgate.local.api.service.Target;
import io.warmgate.local.api.service.WriteOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** One request as it came. */
record ApiRequest(String method, Parameters parameters, Headers headers, Buffer body) {

  /** The headers that count; each empty where it is absent. */
  record Headers(String accept, String contentType, String userAgent) {
    String mediaType() {
      int end = contentType.indexOf(';');
      String type = end < 0 ? contentType : contentType.substring(0, end);
      return type.strip().toLowerCase(Locale.ROOT);
    }
  }

  /** The body, whatever its encoding, as JSON; a missing node where it is empty. */
  JsonNode json() {
    try {
      return headers.mediaType().equals("application/vnd.kubernetes.protobuf")
          ? ProtobufMessages.decode(body.getBytes())
          : Json.parse(body.getBytes());
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("the object provided is unrecognized: " + e.getMessage());
    } catch (IOException e) {
      throw ApiException.badRequest("the object provided is unrecognized: " + e.getMessage());
    }
  }

  WriteOptions writeOptions() {
    boolean isApply = headers.mediaType().equals("application/apply-patch+yaml");
    String program = headers.userAgent().split("/", 2)[0];
    String fallback = isApply ? "" : program.isEmpty() ? "unknown" : program;
    return new WriteOptions(
        persistence(parameters.text("dryRun")),
        parameters.optional("fieldManager").orElse(fallback),
        switch (parameters.text("fieldValidation")) {
          case "Strict" -> WriteOptions.FieldValidation.STRICT;
          case "Ignore" -> WriteOptions.FieldValidation.IGNORE;
          case "", "Warn" -> WriteOptions.FieldValidation.WARN;
          default ->
              throw ApiException.badRequest(
                  "fieldValidation: unsupported value: " + parameters.text("fieldValidation"));
        },
        parameters.flag("force") ? WriteOptions.Force.YES : WriteOptions.Force.NO,
        Instant.now());
  }

  private static WriteOptions.Persistence persistence(String dryRun) {
    return switch (dryRun) {
      case "" -> WriteOptions.Persistence.KEPT;
      case "All" -> WriteOptions.Persistence.DRY_RUN;
      default -> throw ApiException.badRequest("dryRun: unsupported value: " + dryRun);
    };
  }

  PatchBody patch(Target target) {
    return switch (headers.mediaType()) {
      case "application/apply-patch+yaml" -> new PatchBody.Apply(json());
      case "application/json-patch+json" -> new PatchBody.Json6902(json());
      case "application/merge-patch+json" -> new PatchBody.Merge(json());
      case "application/strategic-merge-patch+json" -> {
        if (target.type().isCustom()) {
          throw unknownPatch(target);
        }
        yield new PatchBody.Strategic(json());
      }
      default -> throw unknownPatch(target);
    };
  }

  private static ApiException unknownPatch(Target target) {
    List<String> general = List.of("application/json-patch+json", "application/merge-patch+json");
    List<String> special =
        target.type().isCustom()
            ? List.of("application/apply-patch+yaml")
            : List.of("application/strategic-merge-patch+json", "application/apply-patch+yaml");
    return ApiException.unsupportedMediaType(
        Stream.concat(general.stream(), special.stream()).toList());
  }

  /** From the body, or from the query where there is no body. */
  DeleteOptions deleteOptions() {
    JsonNode given = json();
    String policy = given.path("propagationPolicy").asText(parameters.text("propagationPolicy"));
    boolean orphans = given.path("orphanDependents").asBoolean(false);
    JsonNode grace = given.path("gracePeriodSeconds");
    String dryRun = given.path("dryRun").path(0).asText(parameters.text("dryRun"));
    return new DeleteOptions(
        switch (policy) {
          case "Foreground" -> DeleteOptions.Propagation.FOREGROUND;
          case "Orphan" -> DeleteOptions.Propagation.ORPHAN;
          default ->
              orphans ? DeleteOptions.Propagation.ORPHAN : DeleteOptions.Propagation.BACKGROUND;
        },
        persistence(dryRun),
        grace.isNumber()
            ? OptionalLong.of(grace.asLong())
            : parameters.number("gracePeriodSeconds"),
        text(given.at("/preconditions/uid")),
        text(given.at("/preconditions/resourceVersion")));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
  }
}
