package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a model of tensors is asked with, besides what its clients say.
 *
 * @param version in the path of every request; null: the client's, or the one the server chooses
 * @param picture how pictures that come as they are become tensors; null: they are refused
 */
public record Tensors(
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String version,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Picture picture) {

  /** Of a model that is asked as its clients say. */
  public static final Tensors PLAIN = new Tensors(null, null);

  /**
   * @param input name of the tensor, or of the feature, that takes it; null: there is but one
   */
  public record Picture(@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String input) {}
}
