package io.warmgate.local.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.local.api.schema.Schema;
import io.warmgate.local.api.store.ResourceId;
import java.util.List;
import java.util.Optional;

/**
 * One kind in one version as it is served.
 *
 * @param names how it is called
 * @param schema of a whole object
 * @param verbs what may be done with it
 * @param subresources which paths an object has below its own
 * @param origin where it comes from and what follows from that
 */
public record ResourceType(
    Names names, Schema schema, List<String> verbs, Subresources subresources, Origin origin) {

  /**
   * @param group empty for core
   * @param namespaced whether objects live in namespaces
   */
  public record Names(
      String group,
      String version,
      String kind,
      String listKind,
      String plural,
      String singular,
      List<String> shortNames,
      List<String> categories,
      boolean namespaced) {

    /** Such as {@code apps/v1}; the version alone for core. */
    public String apiVersion() {
      return group.isEmpty() ? version : group + "/" + version;
    }

    public ResourceId id() {
      return new ResourceId(group, plural);
    }

    /** Such as {@code Deployment.apps}, as messages have it. */
    public String qualifiedKind() {
      return group.isEmpty() ? kind : kind + "." + group;
    }
  }

  /**
   * @param status whether {@code status} is written through a path of its own
   * @param scale where the scale's parts are, where there is one
   * @param log whether there is a log to read
   */
  public record Subresources(boolean status, Optional<ScalePaths> scale, boolean log) {}

  /** Paths such as {@code .spec.replicas}; {@code selector} is empty for none. */
  public record ScalePaths(String specReplicas, String statusReplicas, String selector) {}

  /** Where a type comes from. */
  public sealed interface Origin {
    /** Part of the server. */
    record BuiltIn() implements Origin {}

    /**
     * Made by a CustomResourceDefinition.
     *
     * @param columns its {@code additionalPrinterColumns}
     * @param rawSchema the {@code openAPIV3Schema} as it was given
     */
    record Custom(JsonNode columns, JsonNode rawSchema) implements Origin {}
  }

  public boolean isCustom() {
    return switch (origin) {
      case Origin.BuiltIn _ -> false;
      case Origin.Custom _ -> true;
    };
  }

  public ResourceId id() {
    return names.id();
  }
}
