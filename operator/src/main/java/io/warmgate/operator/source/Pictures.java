package io.warmgate.operator.source;

import io.warmgate.config.admin.WarmRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The pictures that stand beside a list, in the {@code binaryData} of its ConfigMap, put into the
 * requests of that list.
 */
final class Pictures {
  /** Where in a request's body the picture's base64 stands. */
  static final String PLACE = "{{picture}}";

  /** Of all requests that are made of pictures, together; what is beyond is left out. */
  static final int MAX_CHARACTERS = 16 << 20;

  private final TreeMap<String, String> encoded;
  private long characters;

  /**
   * @param encoded base64 (RFC 4648 section 4), by name
   */
  Pictures(Map<String, String> encoded) {
    this.encoded = new TreeMap<>(encoded);
  }

  /**
   * One body a picture, by the pictures' names in their order.
   *
   * @param body in JSON, with {@link #PLACE} in it
   * @param names of pictures; {@code *} stands for any characters
   * @param problem told of each picture that is left out, as the end of a sentence
   * @throws IllegalArgumentException says what is wrong, as the end of a sentence
   */
  List<String> in(String body, List<String> names, Consumer<String> problem) {
    if (!body.contains(PLACE)) {
      throw new IllegalArgumentException("has pictures, and no %s in its body".formatted(PLACE));
    }
    long places = places(body);
    List<String> bodies = new ArrayList<>();
    for (String name : named(names, problem)) {
      String base64 = encoded.getOrDefault(name, "");
      long length = body.length() + places * (base64.length() - PLACE.length());
      if (base64.isEmpty()) {
        problem.accept("has an empty picture: " + name);
      } else if (length > WarmRequest.MAX_QUESTION) {
        problem.accept(
            "with picture %s is longer than %d characters"
                .formatted(name, WarmRequest.MAX_QUESTION));
      } else if (characters + length > MAX_CHARACTERS) {
        problem.accept(
            "and what follows, from picture %s on: requests with pictures have at most %d characters"
                .formatted(name, MAX_CHARACTERS));
        break;
      } else {
        characters += length;
        bodies.add(body.replace(PLACE, base64));
      }
    }
    return bodies;
  }

  private Set<String> named(List<String> names, Consumer<String> problem) {
    Set<String> found = new LinkedHashSet<>();
    for (String name : names) {
      List<String> matching = encoded.keySet().stream().filter(any -> isCalled(any, name)).toList();
      if (matching.isEmpty()) {
        problem.accept("names a picture that is not in binaryData of its ConfigMap: " + name);
      }
      found.addAll(matching);
    }
    return found;
  }

  private static long places(String body) {
    long places = 0;
    for (int at = body.indexOf(PLACE); at >= 0; at = body.indexOf(PLACE, at + PLACE.length())) {
      places++;
    }
    return places;
  }

  /**
   * One part after the other: whoever writes a list chooses how many {@code *} there are, and no
   * number of them may take long.
   */
  static boolean isCalled(String picture, String name) {
    String[] parts = name.split("\\*", -1);
    if (parts.length == 1) {
      return picture.equals(name);
    }
    if (!picture.startsWith(parts[0])) {
      return false;
    }
    int at = parts[0].length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = picture.indexOf(parts[i], at);
      if (found < 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    String last = parts[parts.length - 1];
    return picture.length() - last.length() >= at && picture.endsWith(last);
  }
}
