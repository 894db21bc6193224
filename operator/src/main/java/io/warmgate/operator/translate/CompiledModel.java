package io.warmgate.operator.translate;

import io.warmgate.config.Backend;
import io.warmgate.config.Model;
import io.warmgate.config.Tensors;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model of an AiModelBackend as pods ask it.
 *
 * @param version of its answers: the user's, or the one that was found at its server or in its
 *     answers; null: none
 */
record CompiledModel(Model model, Backend backend, @Nullable String version) {

  /** The same, asked with these keys; empty: without one. */
  CompiledModel withKeys(List<Model.Key> keys) {
    return new CompiledModel(model.withKeys(keys), backend, version);
  }

  /** The same, of which that version was found; a server of tensors is asked for it. */
  CompiledModel finding(String found) {
    Tensors tensors = model.tensors();
    return new CompiledModel(
        tensors == null ? model : model.taking(tensors.finding(found)), backend, found);
  }

  /** What of it shapes an answer: not its names, its key or its tools. */
  List<String> shape() {
    List<String> shape =
        List.of(
            model.provider().name(),
            model.model(),
            Objects.requireNonNullElse(version, ""),
            String.valueOf(model.defaultMaxTokens()),
            backend.place());
    Tensors tensors = model.tensors();
    return tensors == null
        ? shape
        : Stream.concat(shape.stream(), asked(tensors).stream()).toList();
  }

  /** How a server of tensors is asked. */
  static List<String> asked(Tensors tensors) {
    Tensors.Picture picture = tensors.picture();
    return List.of(
        Objects.requireNonNullElse(tensors.asked(), ""),
        picture == null ? "no" : "as it is",
        picture == null ? "" : Objects.requireNonNullElse(picture.input(), ""));
  }
}
