package io.warmgate.server.ai;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.warmgate.ai.TranslationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The picture of a form ({@code multipart/form-data}, RFC 7578): the one part that it has. */
final class FormPicture {
  private static final DefaultHttpDataFactory IN_MEMORY = new DefaultHttpDataFactory(false);

  private FormPicture() {}

  /**
   * @param type of the content, with its boundary
   * @throws TranslationException where it is no such form: what other parts ask for would be lost
   */
  static byte[] of(String type, byte[] content) {
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(content));
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    if (!HttpPostRequestDecoder.isMultipart(request)) {
      throw noForm();
    }
    HttpPostMultipartRequestDecoder form = null;
    try {
      form = new HttpPostMultipartRequestDecoder(IN_MEMORY, request);
      return file(form.getBodyHttpDatas());
    } catch (DecoderException e) {
      throw noForm();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (form != null) {
        form.destroy();
      }
    }
  }

  private static TranslationException noForm() {
    return new TranslationException("", "is no multipart/form-data");
  }

  private static byte[] file(List<InterfaceHttpData> parts) throws IOException {
    if (parts.size() != 1 || !(parts.getFirst() instanceof FileUpload file)) {
      throw new TranslationException("", "the form must have one part, which is a file");
    }
    return file.get();
  }
}
