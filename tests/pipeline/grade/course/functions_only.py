"""Functions of parameters, without a class."""
import numpy as np
def softmax(a):
    e=np.exp(a-a.max(1,keepdims=True)); return e/e.sum(1,keepdims=True)
def forward(X,p):
    Z1=np.tanh(X@p['W1']+p['B1']); Z2=np.tanh(Z1@p['W2']+p['B2']); return Z1,Z2,softmax(Z2@p['W3']+p['B3'])
def loss(P,Y): return -np.mean(np.sum(Y*np.log(P+1e-12),axis=1))
def gradients(X,Y,p):
    Z1,Z2,P=forward(X,p); d3=(P-Y)/len(X); d2=(d3@p['W3'].T)*(1-Z2**2); d1=(d2@p['W2'].T)*(1-Z1**2)
    return dict(W3=Z2.T@d3,B3=d3.sum(0),W2=Z1.T@d2,B2=d2.sum(0),W1=X.T@d1,B1=d1.sum(0))
def step(X,Y,p,lr):
    g=gradients(X,Y,p); return {k:p[k]-lr*g[k] for k in p}
