package io.warmgate.config.admin;

import io.warmgate.config.ConfigException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link ReadOrder}.
 *
 * @param status of the answer; 0 where there was none
 * @param content of the body, as it came, in Base64 (RFC 4648 §4)
 * @param cut whether there was more of it
 * @param detail why there is no answer, in words; null where there is one
 */
public record ReadReport(int status, String content, boolean cut, @Nullable String detail) {
  public ReadReport {
    if (content == null) {
      throw new ConfigException("content", "is missing");
    }
  }

  /** Of an answer. */
  public static ReadReport of(int status, byte[] body, boolean cut) {
    return new ReadReport(status, Base64.getEncoder().encodeToString(body), cut, null);
  }

  /** Where there was none. */
  public static ReadReport failed(String why) {
    return new ReadReport(0, "", false, why);
  }

  /**
   * The body's bytes.
   *
   * @throws ConfigException where the content is not in Base64
   */
  public byte[] body() {
    try {
      return Base64.getDecoder().decode(content);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("content", "is not in Base64");
    }
  }
}
