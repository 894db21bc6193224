package io.warmgate.server.filter;

import io.warmgate.config.Filter;
import io.warmgate.config.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule's filters by the step they run in.
 *
 * @param cors null: not the gateway's business
 * @param redirect answers itself; null: the backend does
 * @param rewrite null: host and path are forwarded as they came
 */
public record RuleFilters(
    @Nullable CorsFilter cors,
    Filter.@Nullable RequestRedirect redirect,
    Filter.@Nullable UrlRewrite rewrite,
    List<HeaderChange> request,
    List<HeaderChange> response) {

  /**
   * @param path of the rule in the configuration
   * @throws io.warmgate.config.ConfigException where a filter cannot be used
   */
  public static RuleFilters compile(String path, Rule rule) {
    CorsFilter cors = null;
    Filter.RequestRedirect redirect = null;
    Filter.UrlRewrite rewrite = null;
    List<HeaderChange> request = new ArrayList<>();
    List<HeaderChange> response = new ArrayList<>();
    for (int i = 0; i < rule.filters().size(); i++) {
      String at = path + ".filters[" + i + "]";
      switch (rule.filters().get(i)) {
        case Filter.Cors found -> cors = new CorsFilter(found);
        case Filter.RequestRedirect found -> redirect = found;
        case Filter.UrlRewrite found -> rewrite = found;
        case Filter.RequestHeaderModifier found ->
            request.add(HeaderChange.compile(at, found.set(), found.add(), found.remove()));
        case Filter.ResponseHeaderModifier found ->
            response.add(HeaderChange.compile(at, found.set(), found.add(), found.remove()));
      }
    }
    return new RuleFilters(cors, redirect, rewrite, List.copyOf(request), List.copyOf(response));
  }
}
