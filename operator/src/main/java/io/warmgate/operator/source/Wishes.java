package io.warmgate.operator.source;

import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConfigMapKeyRef;
import io.warmgate.crd.v1alpha1.HttpHeader;
import io.warmgate.crd.v1alpha1.WarmupSource;
import io.warmgate.operator.snapshot.ConfigMapData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the sources of one object come to.
 *
 * @param topKeys so many of what clients ask most for; 0: none
 * @param requests those that are written
 * @param sitemaps documents that list more
 * @param related which links of what is warmed are followed
 * @param problems with sources that cannot be used
 */
public record Wishes(
    int topKeys,
    List<Wish> requests,
    List<Wish> sitemaps,
    Related related,
    List<Problem> problems) {
  private static final int MAX_PROBLEMS = 3;

  public Wishes {
    requests = List.copyOf(requests);
    sitemaps = List.copyOf(sitemaps);
    problems = List.copyOf(problems);
  }

  /** The same, with one problem more. */
  Wishes and(Problem problem) {
    List<Problem> all = new ArrayList<>(problems);
    all.add(problem);
    return new Wishes(topKeys, requests, sitemaps, related, all);
  }

  /**
   * @param field where the sources stand
   * @param configMaps what those hold that are there, by name
   */
  public static Wishes of(
      String field,
      List<WarmupSource> sources,
      Map<String, ConfigMapData> configMaps,
      RequestLists lists) {
    int topKeys = 0;
    List<Wish> requests = new ArrayList<>();
    List<Wish> sitemaps = new ArrayList<>();
    Related related = Related.NONE;
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      WarmupSource source = sources.get(i);
      if (source.topKeys() != null) {
        topKeys = Math.max(topKeys, source.topKeys());
      }
      for (String target : source.paths()) {
        requests.add(new Wish(null, source.host(), target, fields(source.headers())));
      }
      if (source.sitemap() != null) {
        sitemaps.add(new Wish(null, source.host(), source.sitemap(), fields(source.headers())));
      }
      if (source.related() != null) {
        related = related.and(Related.of(source.related()));
      }
      ConfigMapKeyRef ref = source.configMap();
      if (ref != null) {
        String place = "%s[%d].configMap".formatted(field, i);
        requests.addAll(listed(place, source, ref, configMaps, lists, problems));
      }
    }
    return new Wishes(topKeys, requests, sitemaps, related, problems);
  }

  private static List<Wish> listed(
      String place,
      WarmupSource source,
      ConfigMapKeyRef ref,
      Map<String, ConfigMapData> configMaps,
      RequestLists lists,
      List<Problem> problems) {
    ConfigMapData data = configMaps.get(ref.name());
    String text = data == null ? null : data.texts().get(ref.key());
    if (data == null || text == null) {
      problems.add(
          new Problem(
              ConditionReason.CONFIG_MAP_NOT_FOUND,
              data == null
                  ? "%s: ConfigMap '%s' is not there".formatted(place, ref.name())
                  : "%s: ConfigMap '%s' has no key '%s'".formatted(place, ref.name(), ref.key())));
      return List.of();
    }
    RequestList list = lists.read(ref.name() + "/" + ref.key(), text, data.bytes());
    if (!list.problems().isEmpty()) {
      problems.add(
          new Problem(
              ConditionReason.INVALID_CONFIG_MAP,
              "%s: of '%s' %s".formatted(place, ref.key(), some(list.problems()))));
    }
    return list.requests().stream().map(wish -> with(wish, source)).toList();
  }

  private static String some(List<String> problems) {
    int more = problems.size() - MAX_PROBLEMS;
    return String.join("; ", problems.subList(0, Math.min(MAX_PROBLEMS, problems.size())))
        + (more > 0 ? "; and " + more + " lines more" : "");
  }

  /** What the list does not say the source does. */
  private static Wish with(Wish wish, WarmupSource source) {
    if (source.headers().isEmpty() && (source.host() == null || wish.host() != null)) {
      return wish;
    }
    List<ExplainRequest.Field> headers = new ArrayList<>(wish.headers());
    for (ExplainRequest.Field field : fields(source.headers())) {
      if (headers.stream().noneMatch(own -> own.name().equalsIgnoreCase(field.name()))) {
        headers.add(field);
      }
    }
    return new Wish(
        wish.scheme(),
        wish.host() == null ? source.host() : wish.host(),
        wish.target(),
        headers,
        wish.question());
  }

  private static List<ExplainRequest.Field> fields(List<HttpHeader> headers) {
    return headers.stream()
        .map(header -> new ExplainRequest.Field(header.name(), header.value()))
        .toList();
  }
}
