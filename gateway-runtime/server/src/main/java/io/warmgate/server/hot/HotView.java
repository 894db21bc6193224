package io.warmgate.server.hot;

import io.warmgate.config.admin.WarmRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One route's hot requests, out of one sketch or several. */
public final class HotView {
  private final String route;
  private final Map<WarmRequest, Line> lines = new HashMap<>();
  private double total;
  private double partitioned;

  /** A request that can be made again. */
  public record Line(Sighting sighting, double weight) {
    private Line and(Line other) {
      return new Line(other.sighting, weight + other.weight);
    }
  }

  HotView(String route) {
    this.route = route;
  }

  void add(double moreTotal, double morePartitioned) {
    total += moreTotal;
    partitioned += morePartitioned;
  }

  void add(Sighting sighting, double weight) {
    lines.merge(sighting.request(), new Line(sighting, weight), Line::and);
  }

  /** The same route's, seen by another event loop. */
  HotView and(HotView other) {
    add(other.total, other.partitioned);
    other.lines.values().forEach(line -> add(line.sighting, line.weight));
    return this;
  }

  public String route() {
    return route;
  }

  public double total() {
    return total;
  }

  public double partitioned() {
    return partitioned;
  }

  /** The heaviest first. */
  public List<Line> heaviest() {
    List<Line> sorted = new ArrayList<>(lines.values());
    sorted.sort(Comparator.comparingDouble(Line::weight).reversed());
    return sorted;
  }
}
