package io.warmgate.operator.source;

import io.warmgate.crd.v1alpha1.LinkRelation;
import io.warmgate.crd.v1alpha1.RelatedLinks;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How far links of answers that are warmed are followed.
 *
 * @param relations their types (RFC 8288), in lower case, sorted
 * @param depth so many links one after the other; 0: none is followed
 */
public record Related(List<String> relations, int depth) {
  /** Not at all. */
  public static final Related NONE = new Related(List.of(), 0);

  public Related {
    relations = List.copyOf(relations);
  }

  static Related of(RelatedLinks links) {
    return new Related(links.rels().stream().map(Related::name).sorted().toList(), links.depth());
  }

  private static String name(LinkRelation relation) {
    return relation.name().toLowerCase(Locale.ROOT);
  }

  /** What is asked for here or there. */
  Related and(Related other) {
    return new Related(
        Stream.concat(relations.stream(), other.relations.stream()).distinct().sorted().toList(),
        Math.max(depth, other.depth));
  }
}
