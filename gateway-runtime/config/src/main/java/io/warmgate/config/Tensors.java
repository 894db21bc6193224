package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a model of tensors is asked with, besides what its clients say.
 *
 * @param version in the path of every request; null: the client's, or the one that was found, or
 *     the one the server chooses
 * @param picture how pictures that come as they are become tensors; null: they are refused
 * @param found the version that its server was found to serve, for questions that name none; null,
 *     and then not written: none was, or {@code version} says which
 */
public record Tensors(
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String version,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Picture picture,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String found) {

  /** Of a model that is asked as its clients say. */
  public static final Tensors PLAIN = new Tensors(null, null);

  public Tensors {
    Check.that(version == null || found == null, "found", "is there though the version is said");
  }

  /** Of a server that nothing was found at. */
  public Tensors(@Nullable String version, @Nullable Picture picture) {
    this(version, picture, null);
  }

  /** The same, at a server that serves this version. */
  public Tensors finding(@Nullable String served) {
    return new Tensors(version, picture, served);
  }

  /** What a question that names no version is asked of; null: whichever the server chooses. */
  public @Nullable String asked() {
    return version == null ? found : version;
  }

  /**
   * @param input name of the tensor, or of the feature, that takes it; null: there is but one
   */
  public record Picture(@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String input) {}
}
