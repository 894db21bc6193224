package io.warmgate.operator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SitemapTest {
  private static final String PAGES =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
          xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
        <url><loc> https://shop.test/a?x=1&amp;y=2 </loc><lastmod>2026-11-26</lastmod></url>
        <url><loc><![CDATA[https://shop.test/b]]></loc>
          <image:image><image:loc>https://shop.test/b.png</image:loc></image:image></url>
      </urlset>
      """;

  private static Sitemap parse(String document) {
    return Sitemap.parse(document.getBytes(StandardCharsets.UTF_8), 100);
  }

  @Test
  void pagesAndWhatTheyShow() {
    Sitemap sitemap = parse(PAGES);
    assertThat(sitemap.pages())
        .containsExactly(
            "https://shop.test/a?x=1&y=2", "https://shop.test/b", "https://shop.test/b.png");
    assertThat(sitemap.children()).isEmpty();
  }

  @Test
  void anIndexNamesOthers() {
    Sitemap sitemap =
        parse("<sitemapindex><sitemap><loc>https://shop.test/1.xml</loc></sitemap></sitemapindex>");
    assertThat(sitemap.children()).containsExactly("https://shop.test/1.xml");
    assertThat(sitemap.pages()).isEmpty();
  }

  @Test
  void oneThatIsGzipped() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(PAGES.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Sitemap.parse(zipped.toByteArray(), 100).pages()).hasSize(3);
  }

  @Test
  void ofOneThatBreaksOffWhatComesBeforeCounts() {
    assertThat(parse(PAGES.substring(0, PAGES.indexOf("<image:image>"))).pages()).hasSize(2);
    assertThat(Sitemap.parse(PAGES.getBytes(StandardCharsets.UTF_8), 1).pages()).hasSize(1);
  }

  @Test
  void whatIsNoneSaysSo() {
    assertThatThrownBy(() -> parse("not found"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is no sitemap: ");
    assertThat(parse("<html/>").pages()).isEmpty();
  }

  /** OWASP: XML External Entity, and entities that grow. */
  @Test
  void nothingOutsideOfTheDocumentIsRead(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "https://shop.test/secret");
    String document =
        "<!DOCTYPE u [<!ENTITY x SYSTEM \"%s\">]><urlset><url><loc>https://shop.test/a</loc></url>"
                .formatted(secret.toUri())
            + "<url><loc>&x;</loc></url></urlset>";
    assertThat(parse(document).pages()).noneMatch(any -> any.contains("secret"));
    String bomb =
        "<!DOCTYPE u [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
            + "<urlset><url><loc>https://shop.test/&b;</loc></url></urlset>";
    try {
      assertThat(parse(bomb).pages()).noneMatch(any -> any.contains("aaaa"));
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageStartingWith("is no sitemap");
    }
  }
}
