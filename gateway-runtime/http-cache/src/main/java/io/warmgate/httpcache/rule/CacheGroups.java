package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import io.warmgate.httpcache.structured.Member;
import io.warmgate.httpcache.structured.StructuredFields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Groups of answers that an origin invalidates together, <a
 * href="https://www.rfc-editor.org/rfc/rfc9875">RFC 9875</a>: {@code Cache-Groups} names those that
 * an answer is in, {@code Cache-Group-Invalidation} on the answer to an unsafe request those that
 * it makes stale. Here a group is a tag of the entry.
 *
 * <p>§2.1: two responses are of one group where the names are the same "when compared character by
 * character" and they "share the same URI origin": so the origin is part of the tag. A tag with a
 * blank is none that {@link TagRule} reads out of a field, so that neither passes for the other.
 */
public final class CacheGroups {
  /** §2: "Implementations MUST support at least 32 groups in a field value". */
  public static final int MAX_GROUPS = 32;

  /** In characters; §2: "with up to at least 32 characters in each member". */
  public static final int MAX_LENGTH = 128;

  private static final String MEMBERSHIP = "cache-groups";
  private static final String INVALIDATION = "cache-group-invalidation";

  private CacheGroups() {}

  /**
   * The tags of the groups that an answer is in. A field that is no list of strings is none (RFC
   * 9651 §4.2); parameters say nothing (§2).
   *
   * @param stored the fields as they are kept
   * @return empty where they are more, or longer, than are kept: such an answer must not be kept,
   *     for an invalidation of a group that was left out would miss it
   */
  public static Optional<List<String>> tags(Target target, Fields stored) {
    if (!stored.contains(MEMBERSHIP)) {
      return Optional.of(List.of());
    }
    Set<String> groups = groups(stored, MEMBERSHIP);
    return groups.size() > MAX_GROUPS || groups.stream().anyMatch(g -> g.length() > MAX_LENGTH)
        ? Optional.empty()
        : Optional.of(tagged(target, groups));
  }

  /**
   * The tags of the groups that an answer makes stale; empty for most answers. §3: the field "MUST
   * be ignored on responses to requests that have a safe method". An error changed nothing (RFC
   * 9111 §4.4). §2.2.1: nothing cascades, so that other groups of the entries are not looked at.
   */
  public static List<String> invalidated(RequestView request, int status, Fields response) {
    return response.contains(INVALIDATION) && Invalidation.isChange(request, status)
        ? tagged(request.target(), groups(response, INVALIDATION))
        : List.of();
  }

  private static Set<String> groups(Fields fields, String name) {
    Set<String> groups = new LinkedHashSet<>();
    for (Member member : StructuredFields.list(fields.all(name)).orElse(List.of())) {
      if (!(member instanceof Member.Text(String group))) {
        return Set.of();
      }
      groups.add(group);
    }
    return groups;
  }

  private static List<String> tagged(Target target, Set<String> groups) {
    String scheme = target.scheme().toLowerCase(Locale.ROOT);
    String authority = Invalidation.withoutDefaultPort(scheme, target.authority());
    String origin = scheme + "://" + authority + " ";
    return groups.stream().map(origin::concat).toList();
  }
}
