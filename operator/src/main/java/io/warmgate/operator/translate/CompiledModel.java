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
 * @param version the user's, of its answers; null: none
 */
record CompiledModel(Model model, Backend backend, @Nullable String version) {

  /** The same, asked with these keys; empty: without one. */
  CompiledModel withKeys(List<Model.Key> keys) {
    return new CompiledModel(model.withKeys(keys), backend, version);
  }

  /** What of it shapes an answer: not its names, its key or its tools. */
  List<String> shape() {
    List<String> shape =
        List.of(
            model.provider().name(),
            model.model(),
            Objects.requireNonNullElse(version, ""),
            String.valueOf(model.defaultMaxTokens()),
            place(backend));
    Tensors tensors = model.tensors();
    return tensors == null
        ? shape
        : Stream.concat(shape.stream(), asked(tensors).stream()).toList();
  }

  /** How a server of tensors is asked. */
  static List<String> asked(Tensors tensors) {
    Tensors.Picture picture = tensors.picture();
    return List.of(
        Objects.requireNonNullElse(tensors.version(), ""),
        picture == null ? "no" : "as it is",
        picture == null ? "" : Objects.requireNonNullElse(picture.input(), ""));
  }

  /** Where it is asked, however its addresses are chosen. */
  static String place(Backend backend) {
    Backend.Target target = backend.target();
    return "%s://%s:%d%s"
        .formatted(
            backend.tls() == null ? "http" : "https",
            target.host(),
            target.port(),
            switch (target) {
              case Backend.Url url -> url.basePath();
              case Backend.Service _ -> "";
            });
  }
}
