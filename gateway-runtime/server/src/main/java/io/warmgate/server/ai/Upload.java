package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.inference.Picture;
import io.warmgate.ai.inference.TensorAction;
import io.warmgate.ai.inference.TensorQuestion;
import io.warmgate.config.Tensors;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** How a question of tensors came: written out in JSON, or a picture as it is. */
final class Upload {
  /** Of Triton's binary extension: so many bytes of the content are JSON, tensors follow. */
  private static final String BINARY = "inference-header-content-length";

  private Upload() {}

  /**
   * What each model is asked, by the type of the content. What does not say it is a picture is
   * JSON: it is what most clients send, and many do not say so.
   *
   * @param fields of the client's head
   * @return throws where that model cannot be asked it
   * @throws TranslationException where it cannot be taken
   */
  static Function<ServedModel, TensorQuestion> questions(
      TensorAction action, MultiMap fields, byte[] sent) {
    if (fields.contains(BINARY)) {
      throw new TranslationException(
          BINARY, "tensors outside of the JSON are not taken here: send them in it");
    }
    String type = Objects.requireNonNullElse(fields.get("content-type"), "");
    int parameters = type.indexOf(';');
    String media = parameters < 0 ? type : type.substring(0, parameters);
    return switch (media.strip().toLowerCase(Locale.ROOT)) {
      case "multipart/form-data" -> picture(action, FormPicture.of(type, sent));
      case "application/octet-stream" -> picture(action, sent);
      case String image when image.startsWith("image/") -> picture(action, sent);
      default -> written(TensorQuestion.read(action, sent));
    };
  }

  private static Function<ServedModel, TensorQuestion> written(TensorQuestion same) {
    return _ -> same;
  }

  /** Each model has its own way to take one. */
  private static Function<ServedModel, TensorQuestion> picture(TensorAction action, byte[] sent) {
    return model -> {
      Tensors.Picture way = model.tensors().picture();
      if (way == null) {
        throw new TranslationException(
            "", "the model takes no pictures as they are: send JSON, or let it have a `picture`");
      }
      return TensorQuestion.read(action, new Picture(way.input()).request(action, sent));
    };
  }
}
