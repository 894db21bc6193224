package io.warmgate.local.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Layers side by side: a column each, a row for whatever one of them has. */
final class Columns {
  private static final int GAP = 2;
  private static final int WIDEST = 44;
  private static final String NOTHING = "-";

  private final List<String> rows = new ArrayList<>();
  private final List<Map<String, String>> columns = new ArrayList<>();
  private final List<String> titles = new ArrayList<>();

  /**
   * @param cells by the row's name; their order is that of rows not seen before
   */
  void add(String title, Map<String, String> cells) {
    titles.add(title);
    columns.add(new TreeMap<>(cells));
    for (String row : cells.keySet()) {
      if (!rows.contains(row)) {
        rows.add(row);
      }
    }
  }

  String text() {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(titles);
    lines.add(head);
    for (String row : rows) {
      List<String> line = new ArrayList<>(List.of(row));
      columns.forEach(column -> line.add(cut(column.getOrDefault(row, NOTHING))));
      lines.add(line);
    }
    List<Integer> widths = new ArrayList<>(Collections.nCopies(head.size(), 0));
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        widths.set(i, Math.max(widths.get(i), line.get(i).length() + GAP));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder written = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        written.append(line.get(i)).append(" ".repeat(widths.get(i) - line.get(i).length()));
      }
      text.append(written.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** An origin's fields could hold what a terminal obeys. */
  private static String cut(String cell) {
    String plain = cell.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= WIDEST ? plain : plain.substring(0, WIDEST - 1) + "…";
  }
}
