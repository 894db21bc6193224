package io.warmgate.server.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Path templates as a tree of segments: found in the time the path's segments take. */
final class Templates {
  private final Node root = new Node();

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    @Nullable Node any;
    @Nullable Group group;
  }

  /** Candidates of one template. */
  record Group(int literalLength, List<Candidate> candidates) {}

  void add(String template, Candidate candidate) {
    Node node = root;
    int literalLength = 0;
    for (String segment : template.substring(1).split("/", -1)) {
      if (segment.startsWith("{") && segment.endsWith("}")) {
        Node next = node.any == null ? new Node() : node.any;
        node.any = next;
        node = next;
      } else {
        literalLength += segment.length();
        node = node.literals.computeIfAbsent(segment, _ -> new Node());
      }
    }
    Group group = node.group;
    if (group == null) {
      group = new Group(literalLength, new ArrayList<>());
      node.group = group;
    }
    group.candidates.add(candidate);
  }

  void freeze() {
    freeze(root);
  }

  private static void freeze(Node node) {
    if (node.group != null) {
      node.group.candidates.sort(Candidate.PRECEDENCE);
    }
    node.literals.values().forEach(Templates::freeze);
    if (node.any != null) {
      freeze(node.any);
    }
  }

  boolean isEmpty() {
    return root.literals.isEmpty() && root.any == null;
  }

  /** Groups whose template the path fits, longest literals first. */
  List<Group> find(String path) {
    List<Group> found = new ArrayList<>(2);
    collect(root, path, 1, found);
    found.sort((a, b) -> Integer.compare(b.literalLength, a.literalLength));
    return found;
  }

  private static void collect(Node node, String path, int from, List<Group> found) {
    if (from > path.length()) {
      if (node.group != null) {
        found.add(node.group);
      }
      return;
    }
    int slash = path.indexOf('/', from);
    int to = slash < 0 ? path.length() : slash;
    Node literal = node.literals.get(path.substring(from, to));
    if (literal != null) {
      collect(literal, path, to + 1, found);
    }
    if (node.any != null && to > from) {
      collect(node.any, path, to + 1, found);
    }
  }
}
