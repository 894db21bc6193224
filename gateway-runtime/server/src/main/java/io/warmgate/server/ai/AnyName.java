package io.warmgate.server.ai;

import io.warmgate.config.Model;
import java.util.regex.Pattern;

/**
 * Names that a client may have a provider asked for, where any model is asked: what an
 * AiModelBackend could have written down. Some providers have the name in the path, where a part of
 * dots would lead elsewhere.
 */
final class AnyName {
  /** Visible ASCII, as in the resource. */
  private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,256}");

  private static final Pattern DOTS = Pattern.compile("(?:^|[/\\\\])\\.{1,2}(?:$|[/\\\\])");

  private AnyName() {}

  static boolean isGood(String name, Model.Provider provider) {
    return !name.equals(Model.ANY)
        && VISIBLE.matcher(name).matches()
        && !DOTS.matcher(name).find()
        && !isSecond(name, provider);
  }

  /**
   * Gemini's models have two names each: by the other one nothing would hold that is said of one.
   */
  private static boolean isSecond(String name, Model.Provider provider) {
    return provider == Model.Provider.GEMINI && name.startsWith("models/");
  }
}
