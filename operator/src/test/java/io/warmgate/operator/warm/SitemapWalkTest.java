package io.warmgate.operator.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.WarmRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SitemapWalkTest {
  private final Map<String, String> documents = new HashMap<>();
  private final List<String> read = new ArrayList<>();

  private static String list(String kind, String... urls) {
    return Stream.of(urls)
        .map(url -> "<%s><loc>%s</loc></%s>".formatted(kind, url, kind))
        .collect(Collectors.joining("", "<any>", "</any>"));
  }

  private Optional<ReadReport> read(WarmRequest document) {
    read.add(document.target());
    String text = documents.get(document.target());
    return Optional.of(
        text == null
            ? ReadReport.of(404, new byte[0], false)
            : ReadReport.of(200, text.getBytes(StandardCharsets.UTF_8), false));
  }

  private SitemapWalk walk() {
    return new SitemapWalk(this::read, page -> page.target().startsWith("/items"))
        .walk(List.of(WarmPlanTest.get("/sitemap.xml")));
  }

  private static List<String> targets(SitemapWalk walk) {
    return walk.pages().stream().map(WarmRequest::target).toList();
  }

  @Test
  void pagesOfTheHostThatTheRouteTakes() {
    documents.put(
        "/sitemap.xml",
        list(
            "url",
            "https://shop.test/items/1?a=b",
            "https://SHOP.test/items/2",
            "https://else.test/items/3",
            "https://shop.test/other",
            "/items/4",
            "https://shop.test/items/ 5"));
    SitemapWalk walk = walk();
    assertThat(targets(walk)).containsExactly("/items/1?a=b", "/items/2");
    assertThat(walk.pages().getFirst()).isEqualTo(WarmPlanTest.get("/items/1?a=b"));
    assertThat(walk.problems()).isEmpty();
  }

  @Test
  void sitemapsOfAnIndexEachOnce() {
    documents.put(
        "/sitemap.xml",
        list(
            "sitemap",
            "http://shop.test/1.xml",
            "http://shop.test/1.xml",
            "http://shop.test/sitemap.xml",
            "http://else.test/2.xml",
            "http://shop.test/gone.xml"));
    documents.put("/1.xml", list("url", "http://shop.test/items/1"));
    SitemapWalk walk = walk();
    assertThat(targets(walk)).containsExactly("/items/1");
    assertThat(read).containsExactly("/sitemap.xml", "/1.xml", "/gone.xml");
    assertThat(walk.problems()).containsExactly("/gone.xml: status 404");
  }

  @Test
  void thereIsAnEnd() {
    Function<Integer, String> index =
        from ->
            list(
                "sitemap",
                Stream.of(2 * from + 1, 2 * from + 2)
                    .map(any -> "http://shop.test/" + any + ".xml")
                    .toArray(String[]::new));
    documents.put("/sitemap.xml", index.apply(0));
    for (int i = 1; i < 500; i++) {
      documents.put("/" + i + ".xml", index.apply(i));
    }
    walk();
    assertThat(read).hasSize(SitemapWalk.MAX_DOCUMENTS);
  }

  @Test
  void whatIsNoSitemapIsSaid() {
    documents.put("/sitemap.xml", "hello");
    assertThat(walk().problems())
        .singleElement()
        .asString()
        .startsWith("/sitemap.xml: is no sitemap: ");
  }
}
