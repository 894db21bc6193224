package io.warmgate.server.ai;

import io.warmgate.ai.inference.TensorAction;
import io.warmgate.ai.inference.TensorProtocol;
import io.warmgate.config.Model;
import io.warmgate.config.Tensors;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a model of tensors is asked, by the end of a path: {@code /v2/models/M[/versions/V]} and
 * {@code /infer}, {@code /ready} or nothing; {@code /v1/models/M[/versions/V|/labels/L]} and {@code
 * :predict}, {@code :classify}, {@code :regress}, {@code /metadata} or nothing.
 *
 * @param model as the client calls it
 * @param pin null: none is named
 * @param word what is asked; empty: what the model is
 */
record TensorPath(TensorProtocol protocol, String model, @Nullable Pin pin, String word) {

  /**
   * Which version of a model.
   *
   * @param kind {@code versions} or {@code labels}, as in paths
   */
  record Pin(String kind, String value) {
    private static final String VERSIONS = "versions";

    static Pin version(String version) {
      return new Pin(VERSIONS, version);
    }

    /** As it stands in a path, and in a key. */
    String path() {
      return kind + "/" + encoded(value);
    }
  }

  private static final String OPEN_INFERENCE = "/v2/models/";
  private static final String TENSORFLOW = "/v1/models/";
  private static final Pattern BEHIND_OPEN_INFERENCE =
      Pattern.compile("(.+?)(?:/(versions)/([^/]+))?(?:/(infer|ready))?");
  private static final Pattern BEHIND_TENSORFLOW =
      Pattern.compile(
          "(.+?)(?:/(versions|labels)/([^/:]+))?(?::(predict|classify|regress)|/(metadata))?");

  static Optional<TensorPath> of(String path) {
    int from = path.lastIndexOf(OPEN_INFERENCE);
    if (from >= 0) {
      String rest = path.substring(from + OPEN_INFERENCE.length());
      return of(TensorProtocol.OPEN_INFERENCE, BEHIND_OPEN_INFERENCE.matcher(rest));
    }
    from = path.lastIndexOf(TENSORFLOW);
    return from < 0
        ? Optional.empty()
        : of(
            TensorProtocol.TENSORFLOW,
            BEHIND_TENSORFLOW.matcher(path.substring(from + TENSORFLOW.length())));
  }

  private static Optional<TensorPath> of(TensorProtocol protocol, Matcher rest) {
    if (!rest.matches()) {
      return Optional.empty();
    }
    Pin pin =
        rest.group(2) == null ? null : new Pin(rest.group(2), ModelList.decoded(rest.group(3)));
    String word = rest.group(rest.groupCount());
    if (word == null) {
      word = rest.group(4);
    }
    return Optional.of(
        new TensorPath(protocol, ModelList.decoded(rest.group(1)), pin, word == null ? "" : word));
  }

  /** Empty: what the model is, or whether it is ready. */
  Optional<TensorAction> action() {
    return Arrays.stream(TensorAction.values())
        .filter(action -> action.protocol() == protocol && action.word().equals(word))
        .findFirst();
  }

  /** The only method that it takes. */
  String method() {
    return action().isPresent() ? "POST" : "GET";
  }

  Model.Provider provider() {
    return switch (protocol) {
      case OPEN_INFERENCE -> Model.Provider.KSERVE_V2;
      case TENSORFLOW -> Model.Provider.TF_SERVING;
    };
  }

  /**
   * The same, asked of this model. What was found is for questions alone: what a model is, and in
   * which versions it is there, the client asks the server.
   */
  TensorPath of(ServedModel asked) {
    Tensors tensors = asked.tensors();
    String version = pin == null && action().isPresent() ? tensors.asked() : tensors.version();
    return new TensorPath(
        protocol, asked.model().model(), version == null ? pin : Pin.version(version), word);
  }

  /**
   * The same, of whichever version the server chooses, for where the one that was found is not
   * there any more; null: the version is the client's or the resource's, or the server's choice
   * anyway.
   */
  @Nullable TensorPath instead(ServedModel asked) {
    return pin == null && asked.tensors().found() != null
        ? new TensorPath(protocol, asked.model().model(), null, word)
        : null;
  }

  /** Whether a model that is asked in this version only is what was meant. */
  boolean admits(@Nullable String version) {
    return version == null || pin == null || pin.equals(Pin.version(version));
  }

  /** What says whether a model's server is ready to be asked it. */
  static TensorPath ready(ServedModel asked) {
    return ready(asked, asked.tensors().version());
  }

  /** The same of one version; null: of whichever the server chooses. */
  static TensorPath ready(ServedModel asked, @Nullable String version) {
    return ofServer(asked, version, isTensorFlow(asked) ? "" : "ready");
  }

  /** What says which versions of a model its server has. */
  static TensorPath state(ServedModel asked) {
    return ofServer(asked, null, "");
  }

  private static TensorPath ofServer(ServedModel asked, @Nullable String version, String word) {
    return new TensorPath(
        isTensorFlow(asked) ? TensorProtocol.TENSORFLOW : TensorProtocol.OPEN_INFERENCE,
        asked.model().model(),
        version == null ? null : Pin.version(version),
        word);
  }

  private static boolean isTensorFlow(ServedModel asked) {
    return asked.model().provider() == Model.Provider.TF_SERVING;
  }

  /** Behind a server's base path. */
  String text() {
    String named =
        (protocol == TensorProtocol.OPEN_INFERENCE ? OPEN_INFERENCE : TENSORFLOW)
            + encoded(model)
            + (pin == null ? "" : "/" + pin.path());
    boolean isVerb = protocol == TensorProtocol.TENSORFLOW && action().isPresent();
    return word.isEmpty() ? named : named + (isVerb ? ":" : "/") + word;
  }

  /** RFC 3986 §2.1, of one segment. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
