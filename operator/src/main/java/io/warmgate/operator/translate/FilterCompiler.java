package io.warmgate.operator.translate;

import io.warmgate.config.Filter;
import io.warmgate.crd.v1alpha1.Cors;
import io.warmgate.crd.v1alpha1.HeaderModifier;
import io.warmgate.crd.v1alpha1.HttpHeader;
import io.warmgate.crd.v1alpha1.PathMatchType;
import io.warmgate.crd.v1alpha1.PathModifier;
import io.warmgate.crd.v1alpha1.RedirectScheme;
import io.warmgate.crd.v1alpha1.RequestRedirect;
import io.warmgate.crd.v1alpha1.RouteFilter;
import io.warmgate.crd.v1alpha1.RouteRule;
import io.warmgate.crd.v1alpha1.UrlRewrite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filters, in the order that the user wrote. */
final class FilterCompiler {
  private final RouteRule rule;

  private FilterCompiler(RouteRule rule) {
    this.rule = rule;
  }

  static List<Filter> compile(String path, RouteRule rule) {
    FilterCompiler compiler = new FilterCompiler(rule);
    List<Filter> filters = new ArrayList<>();
    for (RouteFilter filter : rule.filters()) {
      filters.add(compiler.filter(path + ".filters[" + filters.size() + "]", filter));
    }
    return filters;
  }

  private Filter filter(String at, RouteFilter filter) {
    return switch (filter.type()) {
      case REQUEST_HEADER_MODIFIER -> {
        HeaderModifier change = given(at, "requestHeaderModifier", filter.requestHeaderModifier());
        yield new Filter.RequestHeaderModifier(
            headers(change.set()), headers(change.add()), change.remove());
      }
      case RESPONSE_HEADER_MODIFIER -> {
        HeaderModifier change =
            given(at, "responseHeaderModifier", filter.responseHeaderModifier());
        yield new Filter.ResponseHeaderModifier(
            headers(change.set()), headers(change.add()), change.remove());
      }
      case REQUEST_REDIRECT -> redirect(at, given(at, "requestRedirect", filter.requestRedirect()));
      case URL_REWRITE -> {
        UrlRewrite rewrite = given(at, "urlRewrite", filter.urlRewrite());
        yield new Filter.UrlRewrite(rewrite.hostname(), path(at + ".urlRewrite", rewrite.path()));
      }
      case CORS -> cors(given(at, "cors", filter.cors()));
    };
  }

  private Filter redirect(String at, RequestRedirect redirect) {
    return new Filter.RequestRedirect(
        scheme(redirect.scheme()),
        redirect.hostname(),
        path(at + ".requestRedirect", redirect.path()),
        redirect.port(),
        redirect.statusCode());
  }

  private static @Nullable String scheme(@Nullable RedirectScheme scheme) {
    return switch (scheme) {
      case null -> null;
      case HTTP -> "http";
      case HTTPS -> "https";
    };
  }

  private Filter.@Nullable PathModifier path(String at, @Nullable PathModifier change) {
    if (change == null) {
      return null;
    }
    return switch (change.type()) {
      case REPLACE_FULL_PATH ->
          new Filter.PathModifier(
              Filter.PathModifier.Type.FULL,
              given(at + ".path", "replaceFullPath", change.replaceFullPath()));
      case REPLACE_PREFIX_MATCH -> {
        boolean prefixes =
            rule.matches().stream()
                .allMatch(match -> match.path().type() == PathMatchType.PATH_PREFIX);
        if (!prefixes) {
          throw Unusable.invalid(
              at + ".path.type", "ReplacePrefixMatch needs matches of type PathPrefix");
        }
        yield new Filter.PathModifier(
            Filter.PathModifier.Type.PREFIX,
            given(at + ".path", "replacePrefixMatch", change.replacePrefixMatch()));
      }
    };
  }

  private static Filter cors(Cors cors) {
    return new Filter.Cors(
        cors.allowOrigins(),
        cors.allowMethods(),
        cors.allowHeaders(),
        cors.exposeHeaders(),
        cors.allowCredentials(),
        cors.maxAge());
  }

  private static List<Filter.Header> headers(List<HttpHeader> headers) {
    return headers.stream()
        .map(header -> new Filter.Header(header.name(), header.value()))
        .toList();
  }

  private static <T> T given(String at, String member, @Nullable T value) {
    if (value == null) {
      throw Unusable.invalid(at + "." + member, "is required by the type");
    }
    return value;
  }
}
