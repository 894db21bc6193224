package io.warmgate.ai.chat;

import io.warmgate.ai.TranslationException;
import java.util.Base64;

/** Where a picture is. */
public sealed interface ImageSource {

  /**
   * In the request.
   *
   * @param mediaType such as {@code image/png}
   * @param base64 as it came
   */
  record Inline(String mediaType, String base64) implements ImageSource {
    private static final String SCHEME = "data:";
    private static final String MARK = ";base64";

    /** The picture itself. */
    public byte[] decoded() {
      return Base64.getDecoder().decode(base64);
    }

    public String toDataUrl() {
      return SCHEME + mediaType + MARK + "," + base64;
    }
  }

  /** Wherever its URL leads when the provider looks. */
  record Remote(String url) implements ImageSource {}

  /**
   * @param url {@code https:…} or {@code data:…;base64,…} (RFC 2397)
   * @param field for the error
   */
  static ImageSource ofUrl(String url, String field) {
    if (!url.regionMatches(true, 0, Inline.SCHEME, 0, Inline.SCHEME.length())) {
      return new Remote(url);
    }
    int comma = url.indexOf(',');
    String head = comma < 0 ? "" : url.substring(Inline.SCHEME.length(), comma);
    if (!head.endsWith(Inline.MARK)) {
      throw new TranslationException(field, "a data URL must be data:<media type>;base64,<data>");
    }
    String mediaType = head.substring(0, head.length() - Inline.MARK.length());
    return inline(mediaType, url.substring(comma + 1), field);
  }

  /**
   * @param field for the error
   * @throws TranslationException where it is not base64 (RFC 4648 section 4)
   */
  static Inline inline(String mediaType, String base64, String field) {
    Inline inline = new Inline(mediaType, base64);
    try {
      inline.decoded();
    } catch (IllegalArgumentException e) {
      throw new TranslationException(field, "is not base64");
    }
    return inline;
  }
}
