package io.warmgate.operator.source;

import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.crd.v1alpha1.UnwarmedHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list of requests, one a line:
 *
 * <pre>
 * # the front page, as two kinds of clients ask for it
 * /
 * /products/1?view=full | Accept-Language: de
 * https://shop.example.com/products/2
 * {"url": "/v1/chat/completions", "body": {"model": "chat", "messages": []}}
 * </pre>
 *
 * <p>A line is a path with its query, or a whole URL; then fields, each after a {@code |} with
 * white space on both sides; or an object, see {@link RequestObjects}. Empty lines, and those that
 * begin with {@code #}, are nothing.
 *
 * @param problems lines that are left out, each with why
 */
public record RequestList(List<Wish> requests, List<String> problems) {
  /** What is beyond is left out. */
  public static final int MAX_REQUESTS = 10_000;

  private static final int MAX_LINE = 8_192;
  private static final Pattern FIELDS = Pattern.compile("\\s+\\|\\s+");
  private static final Pattern TARGET = Pattern.compile("/[!\"$-~]*");
  private static final Pattern URL =
      Pattern.compile("(?i)(https?)://([a-z0-9][-a-z0-9.]*(?::[0-9]{1,5})?)(/[!\"$-~]*)?");
  private static final Pattern FIELD =
      Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]+):\\s*([!-~](?:[\\t -~]*[!-~])?)");

  public RequestList {
    requests = List.copyOf(requests);
    problems = List.copyOf(problems);
  }

  /**
   * Reads one; what is wrong with a line is said, and the line left out.
   *
   * @param pictures that stand beside it
   */
  static RequestList parse(String text, Pictures pictures) {
    List<Wish> requests = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      if (requests.size() == MAX_REQUESTS) {
        problems.add(
            "line %d and what follows: a list has at most %d".formatted(number, MAX_REQUESTS));
        break;
      }
      try {
        if (stripped.startsWith("{")) {
          String place = "line %d ".formatted(number);
          requests.addAll(
              RequestObjects.line(stripped, pictures, why -> problems.add(place + why)));
        } else {
          requests.add(request(stripped));
        }
      } catch (IllegalArgumentException e) {
        problems.add("line %d %s".formatted(number, e.getMessage()));
      }
    }
    return new RequestList(requests, problems);
  }

  private static Wish request(String line) {
    if (line.length() > MAX_LINE) {
      throw new IllegalArgumentException("is longer than " + MAX_LINE);
    }
    String[] parts = FIELDS.split(line, -1);
    List<ExplainRequest.Field> headers = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      headers.add(field(parts[i]));
    }
    return at(parts[0], headers, null);
  }

  /**
   * @param place a path, or a whole URL
   * @throws IllegalArgumentException says what is wrong, as the end of a sentence
   */
  static Wish at(
      String place, List<ExplainRequest.Field> headers, WarmRequest.@Nullable Question question) {
    if (TARGET.matcher(place).matches()) {
      return new Wish(null, null, place, headers, question);
    }
    Matcher url = URL.matcher(place);
    if (!url.matches()) {
      throw new IllegalArgumentException("is no path and no URL: " + place);
    }
    @Nullable String target = url.group(3);
    return new Wish(
        lower(url.group(1)), lower(url.group(2)), target == null ? "/" : target, headers, question);
  }

  /**
   * @param text like {@code Name: value}
   * @throws IllegalArgumentException says what is wrong, as the end of a sentence
   */
  static ExplainRequest.Field field(String text) {
    Matcher field = FIELD.matcher(text);
    if (!field.matches()) {
      throw new IllegalArgumentException("has a field that is not like Name: value: " + text);
    }
    if (UnwarmedHeaders.has(field.group(1))) {
      throw new IllegalArgumentException(
          "has a field that no request made for everybody has: " + field.group(1));
    }
    return new ExplainRequest.Field(field.group(1), field.group(2));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
