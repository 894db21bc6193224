package io.warmgate.operator.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A sitemap, or an index of sitemaps (sitemaps.org/protocol.html), plain or gzipped. Of a document
 * that breaks off what comes before counts.
 *
 * @param pages URLs that it lists
 * @param children URLs of sitemaps that it lists
 */
public record Sitemap(List<String> pages, List<String> children) {
  /** More of it is not read, unzipped. */
  private static final int MAX_BYTES = 16 << 20;

  private static final int MAX_URL = 2_048;
  private static final XMLInputFactory XML = factory();

  public Sitemap {
    pages = List.copyOf(pages);
    children = List.copyOf(children);
  }

  /** Neither document types nor entities: nothing outside of the document is read for it. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /**
   * @param most so many URLs count
   * @throws IllegalArgumentException where it is none, saying why
   */
  public static Sitemap parse(byte[] document, int most) {
    List<String> pages = new ArrayList<>();
    List<String> children = new ArrayList<>();
    try (InputStream in = unzipped(document)) {
      read(new ByteArrayInputStream(in.readNBytes(MAX_BYTES)), pages, children, most);
    } catch (IOException | XMLStreamException e) {
      if (pages.isEmpty() && children.isEmpty()) {
        throw new IllegalArgumentException("is no sitemap: " + firstLine(e), e);
      }
    }
    return new Sitemap(pages, children);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** RFC 1952 §2.3.1: how gzip begins. */
  private static InputStream unzipped(byte[] document) throws IOException {
    InputStream in = new ByteArrayInputStream(document);
    boolean zipped =
        document.length > 1 && document[0] == (byte) 0x1f && document[1] == (byte) 0x8b;
    return zipped ? new GZIPInputStream(in) : in;
  }

  private static void read(InputStream in, List<String> pages, List<String> children, int most)
      throws XMLStreamException {
    XMLStreamReader xml;
    synchronized (XML) {
      xml = XML.createXMLStreamReader(in);
    }
    List<String> into = pages;
    while (xml.hasNext() && pages.size() + children.size() < most) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "url" -> into = pages;
          case "sitemap" -> into = children;
          case "loc" -> {
            String url = xml.getElementText().strip();
            if (!url.isEmpty() && url.length() <= MAX_URL) {
              into.add(url);
            }
          }
          default -> {}
        }
      }
    }
    xml.close();
  }
}
