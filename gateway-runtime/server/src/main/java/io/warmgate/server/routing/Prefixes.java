package io.warmgate.server.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Path prefixes as a tree of segments: a path walks it once, so that its cost is that of its
 * length, however many slashes a client puts into it.
 */
final class Prefixes {
  private final Node root = new Node();
  private boolean empty = true;

  private static final class Node {
    final Map<String, Node> segments = new HashMap<>();
    final List<Candidate> candidates = new ArrayList<>();
  }

  /**
   * @param prefix {@code /a/} and {@code /a} are one; {@code /} is every path's
   */
  void add(String prefix, Candidate candidate) {
    empty = false;
    Node node = root;
    String whole = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    if (!whole.isEmpty()) {
      for (String segment : whole.substring(1).split("/", -1)) {
        node = node.segments.computeIfAbsent(segment, _ -> new Node());
      }
    }
    node.candidates.add(candidate);
  }

  void freeze() {
    freeze(root);
  }

  private static void freeze(Node node) {
    node.candidates.sort(Candidate.PRECEDENCE);
    node.segments.values().forEach(Prefixes::freeze);
  }

  boolean isEmpty() {
    return empty;
  }

  /**
   * The longest prefix that has a rule for the request.
   *
   * @param choose of a prefix's candidates; null: none
   */
  @Nullable Matched find(String path, Function<List<Candidate>, @Nullable RoutedRule> choose) {
    return find(root, path, 0, choose);
  }

  /**
   * @param end of the prefix that the node stands for
   */
  private static @Nullable Matched find(
      Node node, String path, int end, Function<List<Candidate>, @Nullable RoutedRule> choose) {
    if (end < path.length() && !node.segments.isEmpty()) {
      int slash = path.indexOf('/', end + 1);
      int to = slash < 0 ? path.length() : slash;
      Node next = node.segments.get(path.substring(end + 1, to));
      Matched longer = next == null ? null : find(next, path, to, choose);
      if (longer != null) {
        return longer;
      }
    }
    RoutedRule rule = node.candidates.isEmpty() ? null : choose.apply(node.candidates);
    return rule == null ? null : new Matched(rule, path.substring(0, end));
  }
}
