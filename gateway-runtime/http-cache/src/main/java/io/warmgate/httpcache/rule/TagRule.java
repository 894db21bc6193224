package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.Fields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * The names that an entry can be purged by: fixed ones, and those that its origin gives it in
 * fields such as {@code Surrogate-Key} (names between spaces) and {@code Cache-Tag} (between
 * commas). Both are read as separators in every field, so that a name has neither.
 *
 * @param fields of the response that carry tags; lower-case
 * @param fixed for every entry
 */
public record TagRule(List<String> fields, List<String> fixed) {
  /** More are a mistake of the origin, or somebody's attempt at it. */
  public static final int MAX_TAGS = 1_000;

  /** In characters. */
  public static final int MAX_LENGTH = 1_024;

  /** Nothing is tagged. */
  public static final TagRule NONE = new TagRule(List.of(), List.of());

  public TagRule {
    fields = fields.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    fixed = List.copyOf(fixed);
  }

  /**
   * @param stored the fields as they are kept
   * @return without repetition; empty where they are too many or too long: such an answer must not
   *     be kept, for a purge by a tag that was left out would miss it
   */
  public Optional<List<String>> tags(Fields stored) {
    if (fields.isEmpty()) {
      return Optional.of(fixed);
    }
    Set<String> tags = new LinkedHashSet<>(fixed);
    for (String field : fields) {
      for (String line : stored.all(field)) {
        StringTokenizer names = new StringTokenizer(line, ", \t");
        while (names.hasMoreTokens()) {
          String name = names.nextToken();
          if (name.length() > MAX_LENGTH || (tags.add(name) && tags.size() > MAX_TAGS)) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.of(List.copyOf(tags));
  }
}
