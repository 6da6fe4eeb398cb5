import { postTokenEndpoint } from "@/lib/api/system";
import { ACCESS_TOKEN_SECONDS, issueAccessToken } from "@/lib/auth/bearer";
import { deviceOf } from "@/lib/auth/client-device";
import { verifyPassword } from "@/lib/auth/sign-in";
import { publicRoute } from "@/lib/route";

export const POST = publicRoute({ ...postTokenEndpoint, maxBodyBytes: 16 * 1024 }, async ({ body, request }) => {
  const user = await verifyPassword(body, deviceOf(request.headers));
  const access_token = await issueAccessToken(user);
  return { access_token, token_type: "Bearer", expires_in: ACCESS_TOKEN_SECONDS };
});
