package io.warmgate.operator.translate;

import io.warmgate.config.BackendRef;
import io.warmgate.config.Rule;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What a client of a route gets answered by: the generations of its rules, all of them.
 *
 * @param name 16 hexadecimal digits, made of the generations
 * @param generations distinct
 */
public record Release(String name, NavigableSet<String> generations) {

  static Release of(Collection<Rule> rules) {
    NavigableSet<String> generations = new TreeSet<>();
    for (Rule rule : rules) {
      rule.backends().stream().map(BackendRef::generation).forEach(generations::add);
    }
    return new Release(new Framed().addAll(generations).hash16(), generations);
  }

  /**
   * Whether it can be put in place of the other without being a release of its own: no generation
   * of the other goes while another comes. Rules that are added, or that are taken away, are no
   * release.
   */
  boolean inPlaceOf(Release other) {
    return generations.containsAll(other.generations) || other.generations.containsAll(generations);
  }
}
